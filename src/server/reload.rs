//! A value read from files, and read again when they change.
//!
//! Files are looked at by their contents, every other second: this also sees the swap of a symbolic link by which
//! Kubernetes changes mounted secrets, which notifications of the file system miss or report half-way.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{fmt, fs, io};

use arc_swap::ArcSwap;
use sha2::{Digest, Sha256};

/// How often files are looked at.
const INTERVAL: Duration = Duration::from_secs(2);

/// The value that the files have now, or had when they last made sense.
pub struct Reloaded<T> {
    files: Vec<PathBuf>,
    parse: fn(&[Vec<u8>]) -> Result<T, String>,
    value: ArcSwap<T>,
    seen: Mutex<Seen>,
}

/// A digest of all contents, so that no secret is kept; `None` for files that couldn't be read.
type Seen = Option<[u8; 32]>;

impl<T: Send + Sync + 'static> Reloaded<T> {
    /// Reads the value for the first time.
    pub fn load(
        files: Vec<PathBuf>,
        parse: fn(&[Vec<u8>]) -> Result<T, String>,
    ) -> Result<Self, String> {
        let contents = read(&files)?;
        let value = parse(&contents).map_err(|error| format!("{}: {error}", names(&files)))?;
        Ok(Reloaded {
            value: ArcSwap::from_pointee(value),
            seen: Mutex::new(Some(digest(&contents))),
            parse,
            files,
        })
    }

    /// The value now.
    pub fn get(&self) -> Arc<T> {
        self.value.load_full()
    }

    /// Looks at the files for ever.
    pub async fn follow(&self) {
        loop {
            tokio::time::sleep(INTERVAL).await;
            self.look();
        }
    }

    /// Takes over what the files say if it is new and makes sense. What is wrong is logged once for each change.
    ///
    /// The files are small and local, so that reading them here holds nobody up.
    fn look(&self) {
        let contents = read(&self.files);
        let now = contents.as_ref().ok().map(|contents| digest(contents));
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen == now {
            return;
        }
        *seen = now;
        let files = names(&self.files);
        match contents.and_then(|contents| (self.parse)(&contents)) {
            Ok(value) => {
                self.value.store(Arc::new(value));
                tracing::info!(files, "reloaded");
            }
            Err(error) => tracing::warn!(files, error, "can't reload: what was read before stays"),
        }
    }
}

impl<T> fmt::Debug for Reloaded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reloaded")
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

fn read(files: &[PathBuf]) -> Result<Vec<Vec<u8>>, String> {
    let read = |file: &PathBuf| {
        fs::read(file).map_err(|error: io::Error| format!("can't read {}: {error}", file.display()))
    };
    files.iter().map(read).collect()
}

fn names(files: &[PathBuf]) -> String {
    let names: Vec<String> = files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    names.join(", ")
}

fn digest(contents: &[Vec<u8>]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for content in contents {
        digest.update(content.len().to_le_bytes());
        digest.update(content);
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests;
