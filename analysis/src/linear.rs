//! Symmetric systems of equations, redundant ones included.
#![expect(clippy::indexing_slicing, reason = "every index runs below the size of the square it reads")]

/// A square matrix, symmetric and positive semi-definite, filled by [`Symmetric::add`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Symmetric {
    size: usize,
    cells: Vec<f64>,
}

/// Below this part of its own diagonal what is left of a row is rounding: the row follows from those before it.
const REDUNDANT: f64 = 1e-10;

impl Symmetric {
    pub(crate) fn zero(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    pub(crate) fn add(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.size + column] += value;
    }

    /// Cholesky with the largest remaining diagonal first, on the scale where every diagonal is 1.
    pub(crate) fn factor(mut self) -> Factor {
        let size = self.size;
        let scale: Vec<f64> = (0..size)
            .map(|at| self.cells[at * size + at])
            .map(|diagonal| if diagonal > 0.0 { diagonal.sqrt().recip() } else { 0.0 })
            .collect();
        for row in 0..size {
            for column in 0..size {
                self.cells[row * size + column] *= scale[row] * scale[column];
            }
        }
        let mut order: Vec<usize> = (0..size).collect();
        let mut rows: Vec<Vec<f64>> = Vec::new();
        for rank in 0..size {
            let diagonal = |at: usize| self.cells[at * size + at];
            let Some(best) = (rank..size).max_by(|a, b| diagonal(order[*a]).total_cmp(&diagonal(order[*b]))) else {
                break;
            };
            order.swap(rank, best);
            let pivot = order[rank];
            if diagonal(pivot) <= REDUNDANT {
                break;
            }
            let root = diagonal(pivot).sqrt();
            let row: Vec<f64> = (0..size).map(|column| self.cells[pivot * size + column] / root).collect();
            for left in &order[rank + 1..] {
                for column in &order[rank + 1..] {
                    self.cells[left * size + column] -= row[*left] * row[*column];
                }
            }
            rows.push(row);
        }
        Factor { scale, order, rows }
    }
}

/// A generalised inverse: solves every consistent system; where columns are redundant, theirs is 0.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Factor {
    scale: Vec<f64>,
    /// Pivots in their order, then the redundant rows.
    order: Vec<usize>,
    /// One row of the triangle per pivot, by the original columns.
    rows: Vec<Vec<f64>>,
}

impl Factor {
    pub(crate) fn is_regular(&self) -> bool {
        self.rows.len() == self.scale.len()
    }

    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut rest: Vec<f64> = right.iter().zip(&self.scale).map(|(value, scale)| value * scale).collect();
        let pivots = &self.order[..self.rows.len()];
        let mut middle = vec![0.0; pivots.len()];
        for (step, (row, pivot)) in self.rows.iter().zip(pivots).enumerate() {
            middle[step] = rest[*pivot] / row[*pivot];
            for later in &pivots[step + 1..] {
                rest[*later] -= middle[step] * row[*later];
            }
        }
        let mut solution = vec![0.0; self.scale.len()];
        for (step, (row, pivot)) in self.rows.iter().zip(pivots).enumerate().rev() {
            let known: f64 = pivots[step + 1..].iter().map(|later| row[*later] * solution[*later]).sum();
            solution[*pivot] = (middle[step] - known) / row[*pivot];
        }
        solution.iter().zip(&self.scale).map(|(value, scale)| value * scale).collect()
    }

    /// `A⁻ B`.
    pub(crate) fn times(&self, right: &Symmetric) -> Square {
        let columns = right.cells.chunks(right.size.max(1));
        // A row of B is a column as well.
        Square(columns.map(|column| self.solve(column)).collect())
    }

    /// `x' A⁻ x`.
    pub(crate) fn quadratic(&self, x: &[f64]) -> f64 {
        x.iter().zip(self.solve(x)).map(|(a, b)| a * b).sum()
    }
}

/// A square matrix, column by column.
pub(crate) struct Square(Vec<Vec<f64>>);

impl Square {
    pub(crate) fn trace(&self) -> f64 {
        self.0.iter().enumerate().map(|(at, column)| column[at]).sum()
    }

    /// The trace of the matrix times itself.
    pub(crate) fn trace_of_square(&self) -> f64 {
        let columns = self.0.iter().enumerate();
        columns
            .map(|(at, column)| column.iter().zip(&self.0).map(|(value, other)| value * other[at]).sum::<f64>())
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[f64]]) -> Symmetric {
        let mut matrix = Symmetric::zero(rows.len());
        for (row, values) in rows.iter().enumerate() {
            for (column, value) in values.iter().enumerate() {
                matrix.add(row, column, *value);
            }
        }
        matrix
    }

    #[test]
    fn a_regular_system_is_solved() {
        let factor = of(&[&[4.0, 2.0, 0.0], &[2.0, 3.0, 1.0], &[0.0, 1.0, 200.0]]).factor();
        assert!(factor.is_regular());
        let solution = factor.solve(&[8.0, 11.0, 602.0]);
        for (ours, exact) in solution.iter().zip([1.0, 2.0, 3.0]) {
            assert!((ours - exact).abs() < 1e-12, "{solution:?}");
        }
        assert!((factor.quadratic(&[8.0, 11.0, 602.0]) - 1836.0).abs() < 1e-9);
    }

    #[test]
    fn a_redundant_row_changes_no_fit() {
        // The third row is the sum of the others, the fourth is empty.
        let factor = of(&[&[2.0, 0.0, 2.0, 0.0], &[0.0, 3.0, 3.0, 0.0], &[2.0, 3.0, 5.0, 0.0], &[0.0; 4]]).factor();
        assert!(!factor.is_regular());
        let x = factor.solve(&[2.0, 6.0, 8.0, 0.0]);
        assert!((x[0] + x[2] - 1.0).abs() < 1e-12 && (x[1] + x[2] - 2.0).abs() < 1e-12, "{x:?}");
    }
}
