//! The expressions of `relevant` and `constraint`: text → tree, tree → text. Nothing is known yet of the questions.

use std::fmt;
use std::iter::Peekable;
use std::vec::IntoIter;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::tokens::{Misread, Operator, Token, tokens};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Not(Box<Expression>),
    Test { position: usize, test: Test },
}

/// A part that is not made of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    Compare(Term, Operator, Term),
    /// `selected(${q}, 'x')`
    Selected(Term, String),
    Constant(bool),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Term {
    Reference(String),
    This,
    Number(Decimal),
    Text(String),
    Day(NaiveDate),
}

/// Deeper than anybody writes. In TOML each level takes up to five, of which its reader takes eighty.
const DEEPEST: usize = 12;

impl Expression {
    /// # Errors
    /// Whatever is not in the part of the language that is understood, at its position.
    pub(crate) fn parse(text: &str) -> Result<Self, Misread> {
        let mut parser =
            Parser { tokens: tokens(text)?.into_iter().peekable(), end: text.chars().count() + 1, depth: 0 };
        let expression = parser.any()?;
        match parser.tokens.next() {
            None => Ok(expression),
            Some((position, _)) => Err(Misread { position, why: "`and`, `or` or the end is wanted".to_owned() }),
        }
    }

    /// A test that came from no text.
    pub(crate) fn of(test: Test) -> Self {
        Self::Test { position: 1, test }
    }
}

struct Parser {
    tokens: Peekable<IntoIter<(usize, Token)>>,
    end: usize,
    depth: usize,
}

impl Parser {
    fn any(&mut self) -> Result<Expression, Misread> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.miss("it is nested too deeply");
        }
        let all = self.joined("or", Self::all, Expression::Any);
        self.depth -= 1;
        all
    }

    fn all(&mut self) -> Result<Expression, Misread> {
        self.joined("and", Self::one, Expression::All)
    }

    fn joined(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Result<Expression, Misread>,
        join: fn(Vec<Expression>) -> Expression,
    ) -> Result<Expression, Misread> {
        let first = part(self)?;
        let mut rest = Vec::new();
        while self.tokens.next_if(|(_, token)| matches!(token, Token::Word(found) if found == word)).is_some() {
            rest.push(part(self)?);
        }
        if rest.is_empty() {
            return Ok(first);
        }
        rest.insert(0, first);
        Ok(join(rest))
    }

    fn one(&mut self) -> Result<Expression, Misread> {
        let position = self.position();
        let test = match self.tokens.peek().map(|(_, token)| token) {
            Some(Token::Open) => {
                self.expect(&Token::Open)?;
                let inner = self.any()?;
                self.expect(&Token::Close)?;
                return Ok(inner);
            }
            Some(Token::Word(word)) if word != "date" => match word.clone().as_str() {
                "not" => {
                    self.call()?;
                    let inner = self.any()?;
                    self.expect(&Token::Close)?;
                    return Ok(Expression::Not(Box::new(inner)));
                }
                word @ ("true" | "false") => {
                    self.call()?;
                    self.expect(&Token::Close)?;
                    Test::Constant(word == "true")
                }
                "selected" => {
                    self.call()?;
                    let of = self.term()?;
                    self.expect(&Token::Comma)?;
                    let choice = self.text()?;
                    self.expect(&Token::Close)?;
                    Test::Selected(of, choice)
                }
                other => return self.miss(&format!("`{other}` is not understood")),
            },
            _ => self.comparison()?,
        };
        Ok(Expression::Test { position, test })
    }

    fn comparison(&mut self) -> Result<Test, Misread> {
        let left = self.term()?;
        let Some((_, Token::Operator(operator))) =
            self.tokens.next_if(|(_, token)| matches!(token, Token::Operator(_)))
        else {
            return self.miss("a comparison (= != < <= > >=) is wanted");
        };
        Ok(Test::Compare(left, operator, self.term()?))
    }

    fn term(&mut self) -> Result<Term, Misread> {
        let position = self.position();
        match self.tokens.next().map(|(_, token)| token) {
            Some(Token::Reference(name)) => Ok(Term::Reference(name)),
            Some(Token::This) => Ok(Term::This),
            Some(Token::Number(number)) => Ok(Term::Number(number)),
            Some(Token::Text(text)) => Ok(Term::Text(text)),
            Some(Token::Word(word)) if word == "date" => {
                self.expect(&Token::Open)?;
                let text = self.text()?;
                self.expect(&Token::Close)?;
                let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok();
                day.map(Term::Day).ok_or_else(|| Misread { position, why: format!("`{text}` is no day") })
            }
            Some(Token::Word(word)) => Err(Misread { position, why: format!("`{word}` is not understood") }),
            _ => Err(Misread { position, why: "a question, a number, a text or a day is wanted".to_owned() }),
        }
    }

    fn text(&mut self) -> Result<String, Misread> {
        match self.tokens.next_if(|(_, token)| matches!(token, Token::Text(_))) {
            Some((_, Token::Text(text))) => Ok(text),
            _ => self.miss("a text in quotation marks is wanted"),
        }
    }

    /// A word that was looked at, and its parenthesis.
    fn call(&mut self) -> Result<(), Misread> {
        self.tokens.next();
        self.expect(&Token::Open)
    }

    fn expect(&mut self, wanted: &Token) -> Result<(), Misread> {
        if self.tokens.next_if(|(_, token)| token == wanted).is_some() {
            return Ok(());
        }
        self.miss(match wanted {
            Token::Open => "`(` is wanted",
            Token::Close => "`)` is wanted",
            _ => "`,` is wanted",
        })
    }

    fn position(&mut self) -> usize {
        self.tokens.peek().map_or(self.end, |(position, _)| *position)
    }

    fn miss<T>(&mut self, why: &str) -> Result<T, Misread> {
        Err(Misread { position: self.position(), why: why.to_owned() })
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (parts, word) = match self {
            Self::All(parts) => (parts, " and "),
            Self::Any(parts) => (parts, " or "),
            Self::Not(inner) => return write!(f, "not({inner})"),
            Self::Test { test, .. } => return test.fmt(f),
        };
        for (number, part) in parts.iter().enumerate() {
            f.write_str(if number == 0 { "" } else { word })?;
            match part {
                Self::All(_) | Self::Any(_) => write!(f, "({part})")?,
                _ => part.fmt(f)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compare(left, operator, right) => write!(f, "{left} {} {right}", operator.as_str()),
            Self::Selected(of, choice) => write!(f, "selected({of}, {})", quoted(choice)),
            Self::Constant(constant) => write!(f, "{constant}()"),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reference(name) => write!(f, "${{{name}}}"),
            Self::This => f.write_str("."),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::Day(day) => write!(f, "date('{day}')"),
        }
    }
}

/// The language has no escapes: a text with one kind of quotation mark stands in the other.
fn quoted(text: &str) -> String {
    let mark = if text.contains('\'') { '"' } else { '\'' };
    format!("{mark}{text}{mark}")
}
