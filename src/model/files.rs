//! Where a set of models lies: inside the binary, or in a folder of the user's.

use std::borrow::Cow;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::load_error::{LoadError, Problem};
use super::manifest::FileDigest;

/// The file that says what the others are.
pub const MANIFEST: &str = "manifest.json";

macro_rules! embedded {
    ($($name:literal),+) => {
        [$(($name, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/models/", $name)))),+]
    };
}

const EMBEDDED: [(&str, &[u8]); 11] = embedded![
    "manifest.json",
    "vocab.txt",
    "reader.onnx",
    "sentiment.onnx",
    "voiced.onnx",
    "judge.onnx",
    "stance.onnx",
    "phrases.onnx",
    "links.onnx",
    "salience.onnx",
    "directed.onnx"
];

/// The files of one set of models, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelFiles {
    /// Those inside the binary.
    Embedded,
    /// Those of a folder.
    Folder(PathBuf),
}

impl ModelFiles {
    /// A file's bytes.
    ///
    /// # Errors
    /// Where there is no such file, it can't be read, or its name leads out of the folder.
    pub fn read(&self, name: &str) -> Result<Cow<'static, [u8]>, LoadError> {
        let found = match self {
            ModelFiles::Embedded => EMBEDDED
                .iter()
                .find(|(own, _)| *own == name)
                .map(|(_, data)| Cow::Borrowed(*data))
                .ok_or(Problem::NotEmbedded),
            ModelFiles::Folder(_) if !is_file_name(name) => Err(Problem::NotAFileName),
            ModelFiles::Folder(folder) => fs::read(folder.join(name))
                .map(Cow::Owned)
                .map_err(Problem::Unreadable),
        };
        found.map_err(|problem| self.error(name, problem))
    }

    /// A file's bytes, which must be those that the manifest means.
    ///
    /// # Errors
    /// As [`ModelFiles::read`]; where the bytes have another digest.
    pub fn read_verified(&self, file: &FileDigest) -> Result<Cow<'static, [u8]>, LoadError> {
        let data = self.read(&file.file)?;
        match file.verify(&data) {
            Ok(()) => Ok(data),
            Err(problem) => Err(self.error(&file.file, problem)),
        }
    }

    /// Bytes of all files together, as far as they can be told.
    pub fn size(&self) -> usize {
        match self {
            ModelFiles::Embedded => EMBEDDED.iter().map(|(_, data)| data.len()).sum(),
            ModelFiles::Folder(folder) => {
                let files = fs::read_dir(folder).into_iter().flatten().flatten();
                let sizes = files.filter_map(|file| file.metadata().ok());
                let sizes = sizes.map(|file| usize::try_from(file.len()).unwrap_or(usize::MAX));
                sizes.fold(0, usize::saturating_add)
            }
        }
    }

    /// What is wrong with one of the files.
    pub fn error(&self, name: &str, problem: impl Into<Problem>) -> LoadError {
        let file = match self {
            ModelFiles::Embedded => Path::new("(embedded)").join(name),
            ModelFiles::Folder(folder) => folder.join(name),
        };
        LoadError {
            file,
            problem: problem.into(),
        }
    }
}

/// Whether a name stands for a file of the folder itself, and for nothing above or below it.
fn is_file_name(name: &str) -> bool {
    let mut components = Path::new(name).components();
    matches!(components.next(), Some(Component::Normal(only)) if only == name)
        && components.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_within_the_folder_are_read() {
        for (name, is_one) in [
            ("reader.onnx", true),
            ("../reader.onnx", false),
            ("/etc/passwd", false),
            ("a/b", false),
            ("a/", false),
            (".", false),
            ("..", false),
            ("", false),
        ] {
            assert_eq!(is_file_name(name), is_one, "{name:?}");
        }
    }
}
