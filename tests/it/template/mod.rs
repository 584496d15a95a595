//! What `template.yaml` says, held to what the code does.

mod environment;
mod policies;
mod resources;
mod rules;
mod yaml;

use std::sync::OnceLock;

use serde_json::{Map, Value};

pub(crate) use policies::Allowed;

/// The template, with its short tags spelled out: `!Ref X` is `{"Ref": "X"}`, `!Sub X` is `{"Fn::Sub": "X"}`.
pub(crate) struct Template(Value);

impl Template {
    /// The repository's own.
    pub(crate) fn own() -> &'static Self {
        static OWN: OnceLock<Template> = OnceLock::new();
        OWN.get_or_init(|| Self::read(include_str!("../../../template.yaml")))
    }

    pub(crate) fn read(text: &str) -> Self {
        Self(yaml::read(text))
    }

    fn resources(&self) -> &Map<String, Value> {
        self.0["Resources"].as_object().unwrap()
    }

    /// The properties of every resource of a type, by the resource's name.
    fn of_type<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let resources = self.resources().iter().filter(move |(_, resource)| resource["Type"] == kind);
        resources.map(|(name, resource)| (name.as_str(), &resource["Properties"]))
    }

    /// What the lines say that are counted as the metric `name`: a field and its value.
    pub(crate) fn counts(&self, name: &str) -> (String, String) {
        let mut filters = self.of_type("AWS::Logs::MetricFilter").map(|(_, filter)| filter);
        let filter = filters.find(|filter| filter["MetricTransformations"][0]["MetricName"] == name).unwrap();
        let pattern = filter["FilterPattern"].as_str().unwrap();
        let pattern = pattern.strip_prefix("{ $.").and_then(|rest| rest.strip_suffix("\" }")).unwrap();
        let (field, value) = pattern.split_once(" = \"").unwrap();
        (field.to_owned(), value.to_owned())
    }

    /// The functions' properties, by the functions' names in the code.
    fn functions(&self) -> impl Iterator<Item = (String, &Value)> {
        let functions = self.of_type("AWS::Serverless::Function");
        functions.map(|(name, properties)| (name.to_lowercase(), properties))
    }
}
