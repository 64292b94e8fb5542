//! The figures that the server tells are those of the models' card.

use std::collections::BTreeMap;

use newsprism::server::pb::GetServiceInfoRequest;

use crate::program::Program;

const CARD: &str = include_str!("../../models/MODEL_CARD.md");

/// The figures under "The shipped binary", by task and metric; not those of the baseline beside them.
fn stated() -> BTreeMap<(String, String), f64> {
    let (_, section) = CARD.split_once("### The shipped binary").unwrap();
    let section = section.split("\n#").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let name = |cell: usize| cells[cell].trim_matches('`').to_owned();
        ((name(1), name(2)), cells[3].parse().unwrap())
    })
    .filter(|((_, metric), _)| !metric.starts_with("lead3"))
    .collect()
}

#[tokio::test]
async fn the_server_tells_the_figures_of_the_card() {
    let program = Program::start(&[]);
    let mut client = program.client();
    let info = client.get_service_info(GetServiceInfoRequest {}).await;
    let metrics = info.unwrap().into_inner().metrics;
    let told: BTreeMap<(String, String), f64> = metrics
        .into_iter()
        .map(|m| ((m.task, m.metric), m.value))
        .collect();
    assert!(told.len() > 10, "{told:?}");
    assert_eq!(told, stated());
}
