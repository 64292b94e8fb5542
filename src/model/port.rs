//! The inputs and outputs that a graph must have: names, element types, shapes.

use rten::{DataType, Dimension, Model, NodeId, ValueType};

use super::load_error::Problem;

/// One dimension of a tensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    /// As many as there happen to be; a graph that fixes it can't be used.
    Free,
    /// So many; a graph may leave it open.
    Exactly(usize),
    /// Whatever the graph says, so long as it says it.
    Stated,
}

impl Size {
    fn fits(&self, own: &Dimension) -> bool {
        match (self, own) {
            (Size::Free | Size::Exactly(_), Dimension::Symbolic(_)) => true,
            (Size::Exactly(wanted), Dimension::Fixed(own)) => wanted == own,
            (Size::Stated, Dimension::Fixed(_)) => true,
            (Size::Free, Dimension::Fixed(_)) | (Size::Stated, Dimension::Symbolic(_)) => false,
        }
    }

    fn written(&self) -> String {
        match self {
            Size::Free => "any".to_owned(),
            Size::Exactly(n) => n.to_string(),
            Size::Stated => "a number".to_owned(),
        }
    }
}

/// An input or output of a graph.
#[derive(Debug, Clone)]
pub struct Port {
    name: &'static str,
    data_type: DataType,
    shape: Vec<Size>,
}

impl Port {
    fn new(name: &'static str, data_type: DataType, shape: &[Size]) -> Self {
        Port {
            name,
            data_type,
            shape: shape.to_vec(),
        }
    }

    /// Ids of one text's pieces, `[1, T]`.
    pub fn ids(name: &'static str) -> Self {
        Port::new(name, DataType::Int32, &[Size::Exactly(1), Size::Free])
    }

    /// Places in a list, `[P]`.
    pub fn indexes(name: &'static str) -> Self {
        Port::new(name, DataType::Int32, &[Size::Free])
    }

    /// States of one text's pieces, `[1, T, hidden]`.
    pub fn states(name: &'static str) -> Self {
        let shape = [Size::Exactly(1), Size::Free, Size::Stated];
        Port::new(name, DataType::Float, &shape)
    }

    /// Scores of so many classes for each piece of one text, `[1, T, classes]`.
    pub fn scores(name: &'static str, classes: usize) -> Self {
        let shape = [Size::Exactly(1), Size::Free, Size::Exactly(classes)];
        Port::new(name, DataType::Float, &shape)
    }

    /// Pooled states of mentions, `[M, width]`.
    pub fn pooled(name: &'static str, width: usize) -> Self {
        Port::new(name, DataType::Float, &[Size::Free, Size::Exactly(width)])
    }

    /// Scores of so many classes for each mention, `[M, classes]`.
    pub fn classes(name: &'static str, classes: usize) -> Self {
        Port::new(name, DataType::Float, &[Size::Free, Size::Exactly(classes)])
    }

    /// The graph's node for it, one of its inputs or of its outputs.
    pub fn find(&self, model: &Model, among: &[NodeId]) -> Result<NodeId, Problem> {
        let id = model.find_node(self.name).filter(|id| among.contains(id));
        let id = id.ok_or_else(|| self.error("the graph has none of this name"))?;
        let info = model.node_info(id);
        let data_type = info.as_ref().and_then(|info| info.dtype());
        if data_type.is_some_and(|own| own != ValueType::Tensor(self.data_type)) {
            return Err(self.error(format!("its elements are not {}", self.data_type)));
        }
        let shape = info.and_then(|info| info.shape()).unwrap_or_default();
        let mut pairs = self.shape.iter().zip(&shape);
        if self.shape.len() == shape.len() && pairs.all(|(size, own)| size.fits(own)) {
            return Ok(id);
        }
        let (own, wanted) = (list(&shape, written), list(&self.shape, Size::written));
        Err(self.error(format!("its shape is {own}, not {wanted}")))
    }

    fn error(&self, wrong: impl Into<String>) -> Problem {
        Problem::Port {
            port: self.name.to_owned(),
            wrong: wrong.into(),
        }
    }
}

/// The last dimension of a graph's output; 0 where the graph leaves it open.
pub fn width(model: &Model, output: NodeId) -> usize {
    let shape = model.node_info(output).and_then(|info| info.shape());
    match shape.as_deref() {
        Some([.., Dimension::Fixed(width)]) => *width,
        _ => 0,
    }
}

fn list<T>(sizes: &[T], written: fn(&T) -> String) -> String {
    let sizes: Vec<String> = sizes.iter().map(written).collect();
    format!("[{}]", sizes.join(","))
}

fn written(dimension: &Dimension) -> String {
    match dimension {
        Dimension::Fixed(n) => n.to_string(),
        Dimension::Symbolic(name) => name.clone(),
    }
}

/// An error's message without line breaks.
pub fn one_line(error: &impl ToString) -> String {
    let message = error.to_string();
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}
