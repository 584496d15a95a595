//! Requests of which the service does only a part, as it does when it is busy: it says of each rest that it was not done.

use serde_json::{Value, json};

use super::DynamoDb;
use crate::aws::answer::Answer;
use crate::aws::call::Service;
use crate::aws::faults::Part;
use crate::aws::seam::Acted;
use crate::aws::usage::Usage;

impl DynamoDb {
    /// Carries out `part` of a request for several things; of any other request the whole.
    pub(in crate::aws) fn act_partly(&self, action: &str, body: &[u8], part: Part) -> Acted {
        let request: Value = serde_json::from_slice(body).unwrap_or_default();
        match action {
            "BatchExecuteStatement" => self.some_statements(request, part),
            "BatchGetItem" => self.some_keys(request, part),
            _ => self.act(action, body),
        }
    }

    fn some_statements(&self, mut request: Value, part: Part) -> Acted {
        let all = take_list(&mut request["Statements"]);
        let is_done: Vec<bool> = (0..all.len()).map(|place| part.holds(place)).collect();
        let done = all.into_iter().enumerate().filter(|(place, _)| part.holds(*place));
        request["Statements"] = done.map(|(_, statement)| statement).collect();
        self.answered(&request, "Statements", "BatchExecuteStatement", |answer| {
            let mut answers = take_list(&mut answer["Responses"]).into_iter();
            let busy = || json!({ "Error": { "Code": "ThrottlingError", "Message": "Throughput exceeds" } });
            let all = is_done.iter().map(|done| if *done { answers.next() } else { Some(busy()) });
            answer["Responses"] = all.flatten().collect();
        })
    }

    fn some_keys(&self, mut request: Value, part: Part) -> Acted {
        let Some(table) =
            request["RequestItems"].as_object().and_then(|tables| tables.keys().next().cloned())
        else {
            return self.act("BatchGetItem", request.to_string().as_bytes());
        };
        let asked = &mut request["RequestItems"][&table];
        let mut left = asked.clone();
        let (done, rest): (Vec<_>, Vec<_>) =
            take_list(&mut asked["Keys"]).into_iter().enumerate().partition(|(place, _)| part.holds(*place));
        asked["Keys"] = done.into_iter().map(|(_, key)| key).collect();
        left["Keys"] = rest.into_iter().map(|(_, key)| key).collect();
        self.answered(&request, "RequestItems", "BatchGetItem", |answer| {
            if left["Keys"].as_array().is_some_and(|keys| !keys.is_empty()) {
                answer["UnprocessedKeys"] = json!({ (table): left });
            }
        })
    }

    /// Carries out what is left of a request, and adds to the answer what was not.
    fn answered(&self, request: &Value, of: &str, action: &str, add: impl FnOnce(&mut Value)) -> Acted {
        let is_nothing_left = request[of].as_array().is_some_and(Vec::is_empty);
        let acted = if is_nothing_left {
            Acted { answer: Answer::ok(Service::DynamoDb, &json!({})), usage: Usage::requests(1) }
        } else {
            self.act(action, request.to_string().as_bytes())
        };
        if !acted.answer.is_good() {
            return acted;
        }
        let mut answer: Value = serde_json::from_slice(&acted.answer.body).unwrap_or_default();
        add(&mut answer);
        Acted { answer: Answer::ok(Service::DynamoDb, &answer), ..acted }
    }
}

fn take_list(value: &mut Value) -> Vec<Value> {
    match value.take() {
        Value::Array(list) => list,
        _ => Vec::new(),
    }
}
