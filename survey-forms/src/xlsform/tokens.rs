//! An expression cut into its words and signs.

use rust_decimal::Decimal;

/// What an expression cannot be read for, and where: the character, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misread {
    pub(crate) position: usize,
    pub(crate) why: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// `and`, `or`, or what stands before a parenthesis.
    Word(String),
    /// `${name}`
    Reference(String),
    Number(Decimal),
    Text(String),
    Operator(Operator),
    /// `.`, the answer itself.
    This,
    Open,
    Close,
    Comma,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Operator {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }

    /// What it is when the sides change places.
    pub(crate) fn turned(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::Greater => Self::Less,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }
}

/// Each token with its position.
pub(crate) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, Misread> {
    let mut reader = Reader { letters: text.chars().collect(), next: 0 };
    let mut tokens = Vec::new();
    loop {
        while reader.peek().is_some_and(char::is_whitespace) {
            reader.next += 1;
        }
        let position = reader.next + 1;
        let Some(first) = reader.take() else {
            return Ok(tokens);
        };
        let token = reader.token(first).map_err(|why| Misread { position, why })?;
        tokens.push((position, token));
    }
}

struct Reader {
    letters: Vec<char>,
    next: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.next).copied()
    }

    fn take(&mut self) -> Option<char> {
        let letter = self.peek();
        self.next += 1;
        letter
    }

    fn took(&mut self, wanted: char) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.next += usize::from(is_there);
        is_there
    }

    fn token(&mut self, first: char) -> Result<Token, String> {
        Ok(match first {
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            '=' => Token::Operator(Operator::Equal),
            '!' if self.took('=') => Token::Operator(Operator::NotEqual),
            '<' if self.took('=') => Token::Operator(Operator::AtMost),
            '<' => Token::Operator(Operator::Less),
            '>' if self.took('=') => Token::Operator(Operator::AtLeast),
            '>' => Token::Operator(Operator::Greater),
            '\'' | '"' => Token::Text(self.until(first).ok_or("the quotation is not closed")?),
            '$' if self.took('{') => Token::Reference(self.until('}').ok_or("`${` is not closed")?.trim().to_owned()),
            '.' if !self.peek().is_some_and(|letter| letter.is_ascii_digit()) => Token::This,
            '.' | '-' | '0'..='9' => self.number(first)?,
            letter if letter.is_alphabetic() || letter == '_' => {
                let rest = self.run(|letter| letter.is_alphanumeric() || "_-:".contains(letter));
                Token::Word(format!("{letter}{rest}"))
            }
            other => return Err(format!("`{other}` means nothing here")),
        })
    }

    fn until(&mut self, end: char) -> Option<String> {
        let text = self.run(|letter| letter != end);
        self.took(end).then_some(text)
    }

    fn run(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let mut run = String::new();
        while let Some(letter) = self.peek().filter(|letter| belongs(*letter)) {
            run.push(letter);
            self.next += 1;
        }
        run
    }

    fn number(&mut self, first: char) -> Result<Token, String> {
        let rest = self.run(|letter| letter.is_ascii_digit() || letter == '.');
        let written = format!("{first}{rest}");
        let (sign, digits) = written.strip_prefix('-').map_or(("", written.as_str()), |digits| ("-", digits));
        let lead = if digits.starts_with('.') { "0" } else { "" };
        let ends_well = digits.ends_with(|letter: char| letter.is_ascii_digit());
        let number = Decimal::from_str_exact(&format!("{sign}{lead}{digits}")).ok().filter(|_| ends_well);
        number.map(|number| Token::Number(number.normalize())).ok_or_else(|| format!("`{written}` is no number"))
    }
}
