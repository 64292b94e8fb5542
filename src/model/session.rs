//! One ONNX graph, loaded once and run from any thread, always on a single thread of its own.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::NdTensorView;

use super::ModelError;
use super::load_error::Problem;
use super::port::{self, Port};

thread_local! {
    /// One-thread pools: the answer then depends on nothing but the input, and two callers use two cores.
    static POOL: OnceCell<Arc<ThreadPool>> = const { OnceCell::new() };
}

fn pool() -> Arc<ThreadPool> {
    POOL.with(|pool| {
        pool.get_or_init(|| Arc::new(ThreadPool::with_num_threads(1)))
            .clone()
    })
}

/// A graph with its inputs and outputs looked up.
pub struct Session {
    name: &'static str,
    model: Model,
    inputs: Vec<NodeId>,
    outputs: Vec<NodeId>,
    /// The last dimension of its first output.
    width: usize,
}

impl Session {
    /// Loads a graph that must have these inputs and outputs.
    pub fn load(
        name: &'static str,
        data: Cow<'static, [u8]>,
        inputs: &[Port],
        outputs: &[Port],
    ) -> Result<Self, Problem> {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = match data {
            Cow::Borrowed(data) => options.load_static_slice(data),
            Cow::Owned(data) => options.load(data),
        };
        let model = model.map_err(|error| Problem::Graph(port::one_line(&error)))?;
        let find = |ports: &[Port], among: &[NodeId]| {
            let found = ports.iter().map(|port| port.find(&model, among));
            found.collect::<Result<Vec<_>, _>>()
        };
        let inputs = find(inputs, model.input_ids())?;
        if let Some(other) = model.input_ids().iter().find(|id| !inputs.contains(id)) {
            let name = model.node_info(*other).and_then(|info| info.name());
            return Err(Problem::Port {
                port: name.unwrap_or("an input").to_owned(),
                wrong: "an input that nothing is fed to".to_owned(),
            });
        }
        let outputs = find(outputs, model.output_ids())?;
        Ok(Session {
            name,
            width: outputs.first().map_or(0, |id| port::width(&model, *id)),
            inputs,
            outputs,
            model,
        })
    }

    /// The last dimension of the first output: an encoder's hidden width.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Runs an encoder over rows of ids of one length T, each an input `[1, T]`; gives each output `[1, T, n]` flat.
    pub fn encode(&self, rows: &[&[i32]]) -> Result<Vec<Vec<f32>>, ModelError> {
        let inputs = rows
            .iter()
            .map(|row| Ok(self.view([1, row.len()], row)?.into()))
            .collect::<Result<Vec<ValueOrView>, ModelError>>()?;
        self.run(inputs)
    }

    /// Runs a head over pooled states, each an input `[M, width]`, given flat with its width; gives its first output flat.
    pub fn classify(&self, pooled: &[(&[f32], usize)]) -> Result<Vec<f32>, ModelError> {
        let inputs = pooled
            .iter()
            .map(|(states, width)| {
                Ok(self
                    .view([states.len() / width.max(&1), *width], states)?
                    .into())
            })
            .collect::<Result<Vec<ValueOrView>, ModelError>>()?;
        let mut outputs = self.run(inputs)?;
        outputs.pop().ok_or_else(|| self.error("it has no output"))
    }

    /// Runs the link head over mentions `[M, width]` and pairs `[P]` of them with features `[P, wide]`, all given flat; gives
    /// its first output flat.
    pub fn compare(
        &self,
        (mentions, width): (&[f32], usize),
        pairs: [&[i32]; 2],
        (features, wide): (&[f32], usize),
    ) -> Result<Vec<f32>, ModelError> {
        let [first, second] = pairs
            .map(|pair| NdTensorView::try_from_data([pair.len()], pair).map_err(|e| self.error(e)));
        let inputs = vec![
            self.view([mentions.len() / width.max(1), width], mentions)?
                .into(),
            first?.into(),
            second?.into(),
            self.view([features.len() / wide.max(1), wide], features)?
                .into(),
        ];
        let mut outputs = self.run(inputs)?;
        outputs.pop().ok_or_else(|| self.error("it has no output"))
    }

    fn view<'a, T>(
        &self,
        shape: [usize; 2],
        data: &'a [T],
    ) -> Result<NdTensorView<'a, T, 2>, ModelError> {
        NdTensorView::try_from_data(shape, data).map_err(|e| self.error(e))
    }

    fn run(&self, inputs: Vec<ValueOrView>) -> Result<Vec<Vec<f32>>, ModelError> {
        let options = RunOptions::default().with_thread_pool(Some(pool()));
        let inputs = self.inputs.iter().copied().zip(inputs).collect();
        self.model
            .run(inputs, &self.outputs, Some(options))
            .map_err(|e| self.error(e))?
            .into_iter()
            .map(|value| self.floats(value))
            .collect()
    }

    fn floats(&self, value: Value) -> Result<Vec<f32>, ModelError> {
        let tensor: rten_tensor::Tensor<f32> = value.try_into().map_err(|e| self.error(e))?;
        Ok(tensor.into_data())
    }

    fn error(&self, message: impl ToString) -> ModelError {
        ModelError {
            model: self.name,
            message: message.to_string(),
        }
    }
}
