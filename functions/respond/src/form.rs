//! What a form or a link's query says.

use rihla_messages::{Given, Question, Wishes};

/// The fields that the pages have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// A number; which are answers is for the question to say.
    pub(crate) score: Option<u8>,
    /// A code; which are answers is for the question to say.
    pub(crate) choice: Option<String>,
    /// What the customer wrote, without white space around it.
    pub(crate) comment: Option<String>,
    /// What the customer wants to get, if this is the form that says so.
    pub(crate) wishes: Option<Wishes>,
    /// Whether a mail program sent it at one click, without the page (RFC 8058).
    pub(crate) is_one_click: bool,
}

/// A longer comment is cut.
const COMMENT_LIMIT: usize = 2_000;

impl Form {
    /// Reads `application/x-www-form-urlencoded` text. What is not a field of the pages is passed over.
    pub(crate) fn read(text: &[u8]) -> Self {
        let (mut form, mut wishes, mut has_wishes) = (Self::default(), Wishes::default(), false);
        for (name, value) in form_urlencoded::parse(text) {
            match name.as_ref() {
                "score" => form.score = value.parse().ok(),
                "choice" => form.choice = Some(value.into_owned()),
                "comment" => form.comment = comment(&value),
                // A box without its tick is not sent, so the form says of itself that it has boxes.
                "wishes" => has_wishes = true,
                "List-Unsubscribe" => form.is_one_click = true,
                "surveys" => wishes.surveys = true,
                "marketing" => wishes.marketing = true,
                "newsletter" => wishes.newsletter = true,
                _ => {}
            }
        }
        Self { wishes: has_wishes.then_some(wishes), ..form }
    }

    /// What is an answer to this question.
    pub(crate) fn given(&self, question: &Question) -> Given {
        Given {
            score: self.score.filter(|score| question.takes_score(*score)),
            choice: self.choice.clone().filter(|choice| question.takes_choice(choice)),
        }
    }
}

fn comment(value: &str) -> Option<String> {
    let kept = value.trim().chars().filter(|c| *c == '\n' || !c.is_control()).take(COMMENT_LIMIT);
    Some(kept.collect::<String>()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn score(text: &str, question: &Question) -> Option<u8> {
        Form::read(text.as_bytes()).given(question).score
    }

    #[test]
    fn a_score_is_one_of_its_question() {
        assert_eq!(score("score=4&comment=", &Question::Rating), Some(4));
        for refused in ["score=0", "score=6", "score=", "score=x", "", "score=-1", "score=4.5", "score=256"] {
            assert_eq!(score(refused, &Question::Rating), None, "{refused}");
        }
        assert_eq!(
            [score("score=0", &Question::Scale), score("score=10", &Question::Scale)],
            [Some(0), Some(10)]
        );
        assert_eq!(score("score=11", &Question::Scale), None);
    }

    #[test]
    fn a_choice_is_one_that_was_offered() {
        let question = Question::Choice(vec!["price".into(), "other".into()]);
        let given = |text: &str| Form::read(text.as_bytes()).given(&question);
        assert_eq!(given("choice=price").choice.as_deref(), Some("price"));
        for refused in ["choice=", "choice=Price", "choice=%00", "choice=<script>", "score=1", "choice"] {
            assert_eq!(given(refused), Given::default(), "{refused}");
        }
    }

    #[test]
    fn a_comment_is_cut() {
        let form = Form::read(b"comment=%20late%0D%0Abut%20good%00%20&score=3");
        assert_eq!(form.comment.as_deref(), Some("late\nbut good"));
        let long = format!("comment={}", "x".repeat(3_000));
        assert_eq!(Form::read(long.as_bytes()).comment.map(|text| text.len()), Some(COMMENT_LIMIT));
    }

    #[test]
    fn only_the_form_with_the_boxes_says_what_is_wanted() {
        assert_eq!(Form::read(b"List-Unsubscribe=One-Click&marketing=1").wishes, None);
        assert_eq!(Form::read(b"wishes=1").wishes, Some(Wishes::default()));
        let wishes = Wishes { surveys: true, marketing: false, newsletter: true };
        assert_eq!(Form::read(b"newsletter=1&wishes=1&surveys=1").wishes, Some(wishes));
    }

    fn question() -> impl Strategy<Value = Question> {
        let codes = prop::collection::vec("[a-z_]{1,8}", 1..4).prop_map(Question::Choice);
        prop_oneof![Just(Question::Rating), Just(Question::Scale), codes]
    }

    /// Any text, but often one that has the pages' fields in it.
    fn text() -> impl Strategy<Value = Vec<u8>> {
        let field = "(score|choice|comment|wishes|surveys)=([0-9]{1,3}|[a-z_]{1,8}|%[0-9A-F]{2}|\\PC{0,8})";
        let fields = prop::collection::vec(field, 0..6).prop_map(|fields| fields.join("&").into_bytes());
        prop_oneof![fields, prop::collection::vec(any::<u8>(), 0..64)]
    }

    proptest! {
        #[test]
        fn whatever_is_sent_only_an_answer_is_taken(question in question(), text in text()) {
            let form = Form::read(&text);
            let given = form.given(&question);
            prop_assert!(given.score.is_none_or(|score| question.takes_score(score)));
            prop_assert!(given.choice.as_ref().is_none_or(|choice| question.takes_choice(choice)));
            prop_assert!(given.score.is_none() || given.choice.is_none());
            let comment = form.comment.unwrap_or_default();
            prop_assert!(comment.chars().all(|c| c == '\n' || !c.is_control()), "{comment:?}");
        }

        #[test]
        fn every_answer_is_taken(question in question(), which in any::<prop::sample::Index>(), comment in "\\PC{0,40}") {
            let (field, answer) = match &question {
                Question::Choice(codes) => ("choice", codes[which.index(codes.len())].clone()),
                scored => {
                    let scores: Vec<u8> = scored.scores().into_iter().flatten().collect();
                    ("score", scores[which.index(scores.len())].to_string())
                }
            };
            let sent = form_urlencoded::Serializer::new(String::new())
                .append_pair(field, &answer)
                .append_pair("comment", &comment)
                .finish();
            let form = Form::read(sent.as_bytes());
            let Given { score, choice } = form.given(&question);
            prop_assert_eq!(score.map(|score| score.to_string()).or(choice), Some(answer));
            prop_assert_eq!(form.comment.unwrap_or_default(), comment.trim());
        }
    }
}
