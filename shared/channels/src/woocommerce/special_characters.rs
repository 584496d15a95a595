//! The five characters that `WordPress` writes as HTML entities, and reads back
//! (<https://developer.wordpress.org/reference/functions/wp_specialchars_decode/>, with both kinds of quotes).

/// The text with those entities decoded, once: `&amp;lt;` is `&lt;`.
pub(super) fn decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        decoded.push_str(&rest[..start]);
        rest = &rest[start..];
        let (character, length) = entity(rest).unwrap_or(('&', 1));
        decoded.push(character);
        rest = &rest[length..];
    }
    decoded + rest
}

/// The character of the entity that a text begins with, and how long the entity is.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.find(';')?;
    let name = &text[1..end];
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        _ => numbered(name)?,
    };
    Some((character, end + 1))
}

fn numbered(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|character| "&<>\"'".contains(*character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_characters_are_decoded_once() {
        for (text, expected) in [
            ("s3cret&amp;key", "s3cret&key"),
            ("&lt;&gt;&quot;&#039;&#39;&#x27;&#034;&#x22;&#060;&#038;", "<>\"'''\"\"<&"),
            ("&amp;lt; &amp;amp;", "&lt; &amp;"),
            ("a & b; &copy; &#65; &ndash; &", "a & b; &copy; &#65; &ndash; &"),
            ("", ""),
            ("&#;&#x;&;", "&#;&#x;&;"),
            ("ä&amp;ö", "ä&ö"),
        ] {
            assert_eq!(decoded(text), expected);
        }
    }
}
