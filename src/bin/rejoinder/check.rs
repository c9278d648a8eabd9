//! `rejoinder check`.

use crate::{Outcome, Problem};

#[derive(clap::Args)]
pub struct Args {}

pub fn run(_args: Args) -> Result<Outcome, Problem> {
    Err("not built yet".to_owned())
}
