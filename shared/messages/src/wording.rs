//! The words of a page, as they are kept with what somebody agreed to on it.

/// What stands between the head and the foot of one of our pages, without tags and in one line.
pub(crate) fn of_page(html: &str) -> String {
    let body = html.split_once("<main>").map_or(html, |(_, body)| body);
    let body = body.split_once("</main>").map_or(body, |(body, _)| body);
    let mut words = String::new();
    for part in body.split('<') {
        words.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        words.push(' ');
    }
    let plain = words.split_whitespace().collect::<Vec<_>>().join(" ");
    // As `escape_html` writes them; the ampersand last, or what it was written for would be read twice.
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(plain, |text, (entity, letter)| text.replace(entity, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_on_the_page_is_left() {
        let page = "<head><title>no</title></head><main>\n<h1>Tea &amp; cups?</h1>\n<p>أهلاً &lt;b&gt;</p>\
                    <form action=\"/n/x\"><button>Yes &amp;lt;</button></form>\n</main><footer>no</footer>";
        assert_eq!(of_page(page), "Tea & cups? أهلاً <b> Yes &lt;");
        assert_eq!(of_page("plain"), "plain");
    }
}
