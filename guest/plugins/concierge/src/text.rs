//! Minecraft text components as JSON, as much of them as this plugin needs.

use std::fmt::Write;

/// A text in one colour, which is one of the game's names (`gold`) or `#RRGGBB`.
pub fn coloured(colour: &str, text: &str) -> String {
    format!(r#"{{"text":{},"color":{}}}"#, quoted(text), quoted(colour))
}

/// A JSON string. Names come from clients, so nothing in them may end the string early.
fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            control if control < ' ' => {
                let _ = write!(json, "\\u{:04x}", u32::from(control)); // writing to a String cannot fail
            }
            other => json.push(other),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use super::coloured;

    #[test]
    fn nothing_in_a_text_can_end_it_early() {
        assert_eq!(
            coloured("gold", "a\"b\\c\n"),
            r#"{"text":"a\"b\\c\u000a","color":"gold"}"#
        );
    }
}
