//! Changes as an editor, a rotation and Kubernetes make them.

use std::os::unix::fs::symlink;

use super::*;

fn number(contents: &[Vec<u8>]) -> Result<i32, String> {
    let text = String::from_utf8_lossy(&contents[0]);
    text.trim().parse().map_err(|_| "no number".to_owned())
}

#[test]
fn a_changed_file_is_read_again_and_a_bad_or_missing_one_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("number");
    fs::write(&file, "1").unwrap();
    let value = Reloaded::load(vec![file.clone()], number).unwrap();
    let look = || {
        value.look();
        *value.get()
    };
    assert_eq!(look(), 1);
    fs::write(&file, "2").unwrap();
    assert_eq!(look(), 2);
    fs::write(&file, "three").unwrap();
    assert_eq!(look(), 2);
    fs::remove_file(&file).unwrap();
    assert_eq!(look(), 2);
    fs::write(&file, "4").unwrap();
    assert_eq!(look(), 4);
}

#[test]
fn the_swap_of_a_symbolic_link_is_seen_as_kubernetes_does_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for (version, text) in [("..v1", "1"), ("..v2", "2")] {
        fs::create_dir(at(version)).unwrap();
        fs::write(at(version).join("number"), text).unwrap();
    }
    symlink("..v1", at("..data")).unwrap();
    symlink("..data/number", at("number")).unwrap();
    let value = Reloaded::load(vec![at("number")], number).unwrap();
    symlink("..v2", at("..data_tmp")).unwrap();
    fs::rename(at("..data_tmp"), at("..data")).unwrap();
    value.look();
    assert_eq!(*value.get(), 2);
}

#[test]
fn a_first_reading_that_fails_names_the_file() {
    let missing = Reloaded::load(vec![PathBuf::from("/nowhere/number")], number);
    assert!(missing.unwrap_err().contains("/nowhere/number"));
}
