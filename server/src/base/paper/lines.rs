//! A text on as many lines as it needs.

use crate::base::font::{Run, Style, clean};

/// Lines no wider than `width`: broken at spaces and where the text breaks itself, a longer word where the line ends.
pub fn wrap(text: &str, style: Style, width: f32) -> Vec<Run> {
    let mut lines = Vec::new();
    for part in text.split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let part = clean(part, style.weight);
        if !part.trim().is_empty() {
            fill(&part, style, width, &mut lines);
        }
    }
    lines
}

fn fill(text: &str, style: Style, width: f32, lines: &mut Vec<Run>) {
    let space = Run::of_clean("\u{a0}".to_owned(), style).width();
    let mut line = String::new();
    let mut used = 0.0;
    let mut end = |line: &mut String| {
        if !line.is_empty() {
            lines.push(Run::of_clean(std::mem::take(line), style));
        }
    };
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let word = Run::of_clean(word.to_owned(), style);
        if !line.is_empty() && used + space + word.width() > width {
            // Who copies or hears the text needs the space that the eye does not.
            line.push(' ');
            end(&mut line);
        }
        if line.is_empty() {
            // A word wider than the line goes on in the next ones.
            let mut stretches = word.stretches(width);
            let last = stretches.pop().unwrap_or_default();
            stretches.iter_mut().for_each(&mut end);
            used = Run::of_clean(last.clone(), style).width();
            line = last;
        } else {
            used += space + word.width();
            line.push(' ');
            line.push_str(word.text());
        }
    }
    end(&mut line);
}
