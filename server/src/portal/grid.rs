//! The table behind a picture: what is written as CSV and JSON.

use serde_json::{Map, Number, Value as Json, json};

use crate::base::sheet::plain_cell;

/// A column: its name for machines, and the key of its words (`grid-…`).
pub(super) type Column = &'static str;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    /// With so many decimals.
    Number(f64, usize),
    None,
}

impl Value {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Points, with the decimals of a published figure.
    pub(super) fn points(value: Option<f64>) -> Self {
        value.map_or(Self::None, |value| Self::Number(value, 2))
    }

    pub(super) fn count(value: Option<impl Into<i64>>) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "people and ranks are far below 2^53")]
        value.map_or(Self::None, |value| Self::Number(value.into() as f64, 0))
    }

    fn cell(&self) -> String {
        match self {
            Self::Text(text) => plain_cell(text).into_owned(),
            Self::Number(value, decimals) => format!("{value:.decimals$}"),
            Self::None => String::new(),
        }
    }

    fn json(&self) -> Json {
        match self {
            Self::Text(text) => Json::String(text.clone()),
            Self::Number(value, decimals) => {
                format!("{value:.decimals$}").parse::<Number>().map_or(Json::Null, Json::Number)
            }
            Self::None => Json::Null,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Grid {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Value>>,
}

impl Grid {
    /// Comma, decimal point, UTF-8; no cell is a formula.
    pub(super) fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.columns)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(Value::cell))?;
        }
        writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }

    /// One object per row.
    pub(super) fn json(&self) -> Json {
        let row = |row: &Vec<Value>| {
            let fields = self.columns.iter().zip(row).map(|(name, value)| ((*name).to_owned(), value.json()));
            Json::Object(fields.collect::<Map<_, _>>())
        };
        json!(self.rows.iter().map(row).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_and_json_hold_the_same_rows_and_no_cell_is_a_formula() {
        let grid = Grid {
            columns: vec!["place", "value", "n"],
            rows: vec![
                vec![Value::text("=HYPERLINK(1)"), Value::points(Some(83.9)), Value::count(Some(1_075_i64))],
                vec![Value::text("Huế"), Value::points(None), Value::count(None::<i64>)],
            ],
        };
        let csv = String::from_utf8(grid.csv().unwrap()).unwrap();
        assert_eq!(csv, "place,value,n\n'=HYPERLINK(1),83.90,1075\nHuế,,\n");
        let json = json!([{ "place": "=HYPERLINK(1)", "value": 83.90, "n": 1075 }, { "place": "Huế", "value": null, "n": null }]);
        assert_eq!(grid.json(), json);
    }
}
