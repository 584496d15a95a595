use rihla_messages::Question;

use super::source::Source;

/// How a mail's question is answered: what its template links to, itself or by a part, says so.
pub(crate) fn asked_by(mail: &Source, parts: &[Source]) -> Question {
    let is_used = |part: &&Source| mail.text.contains(&format!("[[ {} ]]", part.file_name()));
    let texts = parts.iter().filter(is_used).map(|part| part.text.as_str());
    answered_by(&[mail.text.as_str()].into_iter().chain(texts).collect::<String>())
}

fn answered_by(template: &str) -> Question {
    let codes = codes(template);
    if !codes.is_empty() {
        Question::Choice(codes)
    } else if template.contains(" in scale") || template.contains("scale[") {
        Question::Scale
    } else {
        Question::Rating
    }
}

/// The answers that a template links to, `{{ choice.price }}`, in its order.
fn codes(template: &str) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for after in template.split("{{ choice.").skip(1) {
        let code: String = after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_links_of_a_template_tell_how_its_question_is_answered() {
        let reasons =
            "<a href=\"{{ choice.price }}\">{{ t.choice_price }}</a> {{ choice.other }} {{ choice.price }}";
        assert_eq!(answered_by(reasons), Question::Choice(vec!["price".to_owned(), "other".to_owned()]));
        assert_eq!(answered_by("{% for point in scale %}{{ point.url }}{% endfor %}"), Question::Scale);
        assert_eq!(answered_by("[[ rating.mjml ]]"), Question::Rating);
    }
}
