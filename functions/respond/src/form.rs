//! What a form or a link's query says.

/// The fields that the pages have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// From 1 to 5.
    pub(crate) score: Option<u8>,
    /// What the customer wrote, without white space around it.
    pub(crate) comment: Option<String>,
}

/// A longer comment is cut.
const COMMENT_LIMIT: usize = 2_000;

impl Form {
    /// Reads `application/x-www-form-urlencoded` text. What is not a field of the pages is passed over.
    pub(crate) fn read(text: &[u8]) -> Self {
        let mut form = Self::default();
        for (name, value) in form_urlencoded::parse(text) {
            match name.as_ref() {
                "score" => form.score = value.parse().ok().filter(|score| (1..=5).contains(score)),
                "comment" => form.comment = comment(&value),
                _ => {}
            }
        }
        form
    }
}

fn comment(value: &str) -> Option<String> {
    let kept = value.trim().chars().filter(|c| *c == '\n' || !c.is_control()).take(COMMENT_LIMIT);
    Some(kept.collect::<String>()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_from_one_to_five_and_comments_are_cut() {
        let score = |text: &str| Form::read(text.as_bytes()).score;
        assert_eq!(score("score=4&comment="), Some(4));
        for refused in ["score=0", "score=6", "score=", "score=x", "", "score=-1", "score=4.5"] {
            assert_eq!(score(refused), None, "{refused}");
        }
        let form = Form::read(b"comment=%20late%0D%0Abut%20good%00%20&score=3");
        assert_eq!(form.comment.as_deref(), Some("late\nbut good"));
        let long = format!("comment={}", "x".repeat(3_000));
        assert_eq!(Form::read(long.as_bytes()).comment.map(|text| text.len()), Some(COMMENT_LIMIT));
    }
}
