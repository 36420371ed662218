//! What a file in ONNX says of an ensemble of trees: as much of the format as that takes.

use anyhow::{Context, ensure};
use prost::Message;

const OPERATOR: &str = "TreeEnsembleClassifier";

#[derive(Message)]
struct Model {
    #[prost(message, tag = "7")]
    graph: Option<Graph>,
}

#[derive(Message)]
struct Graph {
    #[prost(message, repeated, tag = "1")]
    operations: Vec<Operation>,
}

#[derive(Message)]
struct Operation {
    #[prost(string, tag = "4")]
    operator: String,
    #[prost(message, repeated, tag = "5")]
    attributes: Vec<Attribute>,
}

#[derive(Message)]
struct Attribute {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(bytes = "vec", tag = "4")]
    text: Vec<u8>,
    #[prost(float, repeated, tag = "7")]
    floats: Vec<f32>,
    #[prost(int64, repeated, tag = "8")]
    integers: Vec<i64>,
    #[prost(bytes = "vec", repeated, tag = "9")]
    texts: Vec<Vec<u8>>,
}

/// The attributes of the one operation of the model.
pub struct Ensemble(Vec<Attribute>);

impl Ensemble {
    pub fn decode(file: &[u8]) -> anyhow::Result<Self> {
        let model = Model::decode(file).context("it is not ONNX")?;
        let operations = model.graph.map_or(Vec::new(), |graph| graph.operations);
        let [operation] = <[Operation; 1]>::try_from(operations)
            .ok()
            .context("its graph has more or less than one operation")?;
        ensure!(
            operation.operator == OPERATOR,
            "its operation is no {OPERATOR}"
        );
        Ok(Self(operation.attributes))
    }

    pub fn floats(&self, name: &str) -> anyhow::Result<&[f32]> {
        Ok(&self.attribute(name)?.floats)
    }

    pub fn integers(&self, name: &str) -> anyhow::Result<&[i64]> {
        Ok(&self.attribute(name)?.integers)
    }

    pub fn text(&self, name: &str) -> anyhow::Result<&[u8]> {
        Ok(&self.attribute(name)?.text)
    }

    pub fn texts(&self, name: &str) -> anyhow::Result<&[Vec<u8>]> {
        Ok(&self.attribute(name)?.texts)
    }

    fn attribute(&self, name: &str) -> anyhow::Result<&Attribute> {
        let mut attributes = self.0.iter();
        attributes
            .find(|attribute| attribute.name == name)
            .with_context(|| format!("it has no {name}"))
    }
}
