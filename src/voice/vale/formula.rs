//! The arithmetic of `metric` rules: numbers, named counts, the functions of `math`, comparisons. No program runs.

use std::collections::BTreeMap;

/// Deeper nesting than any formula.
const DEPTH: usize = 64;

/// The value of `source`; else what is wrong with it. Truth is 1 and 0.
pub(super) fn evaluate(source: &str, names: &BTreeMap<String, f64>) -> Result<f64, String> {
    let mut parser = Parser { tokens: tokens(source)?, at: 0, names, depth: 0 };
    let value = parser.choice()?;
    match parser.tokens.get(parser.at) {
        None => Ok(value),
        Some(token) => Err(format!("\"{}\" is one too many in \"{source}\"", token.text())),
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(f64),
    Name(String),
    Sign(&'static str),
}

impl Token {
    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Name(name) => name.clone(),
            Self::Sign(sign) => (*sign).to_owned(),
        }
    }
}

const SIGNS: [&str; 19] =
    ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "(", ")", ",", "!", "?", ":"];

fn tokens(source: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = source.trim_start();
    while let Some(c) = rest.chars().next() {
        let len = if c.is_ascii_digit() || c == '.' {
            let len = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            tokens.push(Token::Number(rest[..len].parse().map_err(|_| format!("\"{}\" is no number", &rest[..len]))?));
            len
        } else if c.is_alphabetic() || c == '_' {
            let len = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len());
            tokens.push(Token::Name(rest[..len].to_owned()));
            len
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
            let sign = sign.ok_or_else(|| format!("\"{c}\" is no part of a formula"))?;
            tokens.push(Token::Sign(sign));
            sign.len()
        };
        rest = rest[len..].trim_start();
    }
    Ok(tokens)
}

struct Parser<'n> {
    tokens: Vec<Token>,
    at: usize,
    names: &'n BTreeMap<String, f64>,
    depth: usize,
}

impl Parser<'_> {
    fn take(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        let Some(Token::Sign(sign)) = self.tokens.get(self.at) else { return None };
        let sign = *signs.iter().find(|known| *known == sign)?;
        self.at += 1;
        Some(sign)
    }

    /// `a ? b : c`.
    fn choice(&mut self) -> Result<f64, String> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err("nested too deep".to_owned());
        }
        let condition = self.binary(0)?;
        let value = if self.take(&["?"]).is_some() {
            let yes = self.choice()?;
            self.take(&[":"]).ok_or("\"?\" without \":\"")?;
            let no = self.choice()?;
            if condition == 0.0 { no } else { yes }
        } else {
            condition
        };
        self.depth -= 1;
        Ok(value)
    }

    fn binary(&mut self, level: usize) -> Result<f64, String> {
        const LEVELS: [&[&str]; 5] =
            [&["||"], &["&&"], &["==", "!=", "<=", ">=", "<", ">"], &["+", "-"], &["*", "/", "%"]];
        let Some(signs) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.binary(level + 1)?;
        while let Some(sign) = self.take(signs) {
            let right = self.binary(level + 1)?;
            let truth = |truth: bool| f64::from(u8::from(truth));
            left = match sign {
                "||" => truth(left != 0.0 || right != 0.0),
                "&&" => truth(left != 0.0 && right != 0.0),
                "==" => truth(left == right),
                "!=" => truth(left != right),
                "<=" => truth(left <= right),
                ">=" => truth(left >= right),
                "<" => truth(left < right),
                ">" => truth(left > right),
                "+" => left + right,
                "-" => left - right,
                "*" => left * right,
                "/" => left / right,
                _ => left % right,
            };
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<f64, String> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err("nested too deep".to_owned());
        }
        let value = match self.take(&["-", "+", "!"]) {
            Some("-") => -self.unary()?,
            Some("!") => f64::from(u8::from(self.unary()? == 0.0)),
            Some(_) => self.unary()?,
            None => self.operand()?,
        };
        self.depth -= 1;
        Ok(value)
    }

    fn operand(&mut self) -> Result<f64, String> {
        let token = self.tokens.get(self.at).cloned().ok_or("the formula breaks off")?;
        self.at += 1;
        match token {
            Token::Number(number) => Ok(number),
            Token::Sign("(") => {
                let value = self.choice()?;
                self.take(&[")"]).ok_or("a bracket is not closed")?;
                Ok(value)
            }
            Token::Sign(sign) => Err(format!("\"{sign}\" stands where a value should")),
            Token::Name(name) if self.take(&["("]).is_some() => {
                let mut args = Vec::new();
                while self.take(&[")"]).is_none() {
                    args.push(self.choice()?);
                    if self.take(&[","]).is_none() && self.tokens.get(self.at) != Some(&Token::Sign(")")) {
                        return Err("a bracket is not closed".to_owned());
                    }
                }
                call(&name, &args)
            }
            Token::Name(name) => match name.as_str() {
                "true" => Ok(1.0),
                "false" => Ok(0.0),
                "math.pi" => Ok(std::f64::consts::PI),
                "math.e" => Ok(std::f64::consts::E),
                _ => {
                    // A heading's level is written either way.
                    let known = self.names.get(&name).or_else(|| self.names.get(&name.replace('.', "_")));
                    known.copied().ok_or_else(|| format!("nothing is called \"{name}\""))
                }
            },
        }
    }
}

fn call(name: &str, args: &[f64]) -> Result<f64, String> {
    Ok(match (name.strip_prefix("math.").unwrap_or(name), args) {
        ("abs", [x]) => x.abs(),
        ("ceil", [x]) => x.ceil(),
        ("floor", [x]) => x.floor(),
        ("round", [x]) => x.round(),
        ("trunc", [x]) => x.trunc(),
        ("sqrt", [x]) => x.sqrt(),
        ("cbrt", [x]) => x.cbrt(),
        ("exp", [x]) => x.exp(),
        ("log", [x]) => x.ln(),
        ("log2", [x]) => x.log2(),
        ("log10", [x]) => x.log10(),
        ("float" | "int", [x]) => *x,
        ("max", [x, y]) => x.max(*y),
        ("min", [x, y]) => x.min(*y),
        ("pow", [x, y]) => x.powf(*y),
        ("mod", [x, y]) => x % y,
        _ => return Err(format!("there is no function {name} of {} values", args.len())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas() {
        let names = [("words", 10.0), ("heading_h1", 2.0)].map(|(k, v)| (k.to_owned(), v)).into();
        let cases = [
            ("1 + 2 * 3", 7.0),
            ("(1 + 2) * -3", -9.0),
            ("words / 4.0", 2.5),
            ("heading.h1 + heading_h1", 4.0),
            ("math.sqrt(16) + math.pow(2, 3)", 12.0),
            ("12.5 > 9 && words < 20", 1.0),
            ("words > 20 ? 1 : 0.5", 0.5),
            ("!(1 == 2) || 0", 1.0),
        ];
        for (source, expect) in cases {
            assert_eq!(evaluate(source, &names), Ok(expect), "{source}");
        }
        let deep = "(".repeat(5000);
        for wrong in ["", "1 +", "nope", "1 2", "foo(1)", "$", "(1", "1..2", deep.as_str()] {
            assert!(evaluate(wrong, &names).is_err(), "{wrong}");
        }
    }
}
