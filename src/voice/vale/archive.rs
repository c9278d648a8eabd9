//! Styles in a zip archive, as publishers of styles offer them and as people pack theirs. An archive is unpacked in memory
//! and up to a limit: what is in it may be hostile. Only stored and deflated files are read.

use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use rawzip::{CompressionMethod, ZipArchive};

use super::{Files, SetupError, is_read};

/// Most bytes that the files of an archive may have together: hundreds of times what the largest styles have.
const LIMIT: usize = 32 << 20;

impl Files {
    /// The files of a zip archive that a setup reads; `name` is the archive's, for errors.
    pub fn from_zip(name: &str, bytes: &[u8]) -> Result<Self, SetupError> {
        unpacked(name, bytes, LIMIT)
    }
}

fn unpacked(name: &str, bytes: &[u8], mut room: usize) -> Result<Files, SetupError> {
    let fault = |path: &str, what: &str| SetupError { path: path.to_owned(), line: None, what: what.to_owned() };
    let archive = ZipArchive::from_slice(bytes).map_err(|_| fault(name, "this is not a zip archive"))?;
    let mut files = Files::default();
    for entry in archive.entries() {
        let entry = entry.map_err(|_| fault(name, "the archive is damaged; fetch or pack it again"))?;
        let path = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
        if entry.is_dir() || !is_read(&path) {
            continue;
        }
        let damaged = || fault(&path, "this file of the archive is damaged; fetch or pack it again");
        let found = archive.get_entry(entry.wayfinder()).map_err(|_| damaged())?;
        let large = || fault(name, "there is more in it than any styles have");
        let bytes = match entry.compression_method() {
            CompressionMethod::STORE => found.data().to_vec(),
            CompressionMethod::DEFLATE => {
                decompress_to_vec_with_limit(found.data(), room).map_err(|error| match error.status {
                    TINFLStatus::HasMoreOutput => large(),
                    _ => damaged(),
                })?
            }
            _ => return Err(fault(&path, "it is packed in a way that is not read; pack it as an ordinary zip")),
        };
        room = room.checked_sub(bytes.len()).ok_or_else(large)?;
        files.insert(&path, String::from_utf8_lossy(&bytes).into_owned());
    }
    let stem = name.rsplit(['/', '\\']).next().unwrap_or_default().split('.').next().unwrap_or_default();
    Ok(files.settled(stem))
}
#[cfg(test)]
mod tests {
    use super::*;

    /// Packed by another program, some files stored and some deflated.
    const SETUP: &[u8] = include_bytes!("../../../tests/fixtures/vale/setup.zip");

    #[test]
    fn an_archive_is_unpacked_from_the_folder_that_wraps_it() {
        let files = Files::from_zip("acme-main.zip", SETUP).unwrap();
        assert!(files.get(".vale.ini").unwrap().starts_with("StylesPath"));
        assert!(files.get("styles/House/Weak.yml").unwrap().contains("extends: existence"));
        assert!(files.iter().all(|(path, _)| is_read(path)));
    }

    #[test]
    fn what_cannot_be_unpacked_says_why() {
        let what = |bytes: &[u8], room| unpacked("a.zip", bytes, room).unwrap_err().to_string();
        assert!(what(b"extends: existence", LIMIT).contains("not a zip"));
        assert!(what(&SETUP[..SETUP.len() / 2], LIMIT).contains("not a zip"));
        assert!(what(SETUP, 700).contains("more in it"));
        let mut torn = SETUP.to_vec();
        torn[60..200].fill(0xff);
        assert!(what(&torn, LIMIT).contains("damaged"));
    }
}
