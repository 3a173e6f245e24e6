;; Two tags of one type, and one of another.
(module
  (tag (export "t") (param i32))
  (tag (export "u") (param i32))
  (tag (export "padding") (param i64)))
