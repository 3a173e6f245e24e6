;; Names that are valid: empty ones, as wit-component emits for _initialize, and some beyond letters.
(module
  (import "" "" (func $empty))
  (import "" "" (func $again))
  (import "🙂" "a b\00" (func $smile))
  (export "" (func $empty))
  (export "🙂" (func $smile))
  (start $again))
