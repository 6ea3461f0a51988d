use thiserror::Error;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ConfidentialityError {
    #[error("cell {cell} stands twice")]
    CellTwice { cell: String },
    #[error("the line of {total} names {cell}, which is no cell of the table, or names it twice")]
    Line { total: String, cell: String },
    #[error("the cells of the line of {total} add up to {sum} instead of {respondents}")]
    NotAdditive { total: String, sum: u64, respondents: u32 },
    #[error("{hidden} cells are said to be hidden, the table has {cells}")]
    Length { cells: usize, hidden: usize },
    #[error("cell {cell} cannot be protected")]
    Unprotected { cell: String },
    /// The true table is always possible, so this is one of the solver's limits. Nothing may be published.
    #[error("the attack on {cell} could not be computed: {reason}")]
    Solver { cell: String, reason: String },
}
