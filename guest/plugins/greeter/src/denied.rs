//! The list of names that stay outside.

use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;

/// Names in lower case, so that a name is found however it is written.
#[derive(Default)]
pub struct DeniedNames(HashSet<String>);

impl DeniedNames {
    /// Reads the list from a file. A file that does not exist is an empty list; one that cannot be read is an error,
    /// since letting everyone in would not be what the operator wanted.
    pub fn read(path: &str) -> Result<Self, String> {
        match fs::read_to_string(path) {
            Ok(lines) => Ok(Self::parse(&lines)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(format!("cannot read {path}: {error}")),
        }
    }

    /// One name per line. What follows a `#` is a comment; blank lines do not count.
    pub fn parse(lines: &str) -> Self {
        let names = lines
            .lines()
            .map(|line| line.split('#').next().unwrap_or_default().trim())
            .filter(|name| !name.is_empty())
            .map(str::to_lowercase);
        Self(names.collect())
    }

    /// Whether a name is on the list, in upper or lower case.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains(&name.to_lowercase())
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::DeniedNames;

    #[test]
    fn names_are_found_in_any_case_and_comments_are_not() {
        let names = DeniedNames::parse("# who stays outside\r\nGriefer\r\n\n  Spammer # since May\n#Steve\n");
        assert_eq!(names.len(), 2);
        assert!(names.contains("gRIEFER") && names.contains("Spammer"));
        assert!(!names.contains("Steve") && !names.contains(""));
    }

    #[test]
    fn a_missing_file_denies_nobody() {
        assert_eq!(DeniedNames::read("/no/such/file").map(|names| names.len()), Ok(0));
    }
}
