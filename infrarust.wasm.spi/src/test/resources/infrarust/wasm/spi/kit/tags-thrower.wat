;; Throws a tag of somebody else, which is not the first one here.
(module
  (import "a" "padding" (tag (param i64)))
  (import "a" "t" (tag $t (param i32)))
  (func (export "throw") (param i32) (throw $t (local.get 0))))
