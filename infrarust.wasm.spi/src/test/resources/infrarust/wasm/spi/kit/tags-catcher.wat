;; Calls somebody who throws a number, and answers the number and 100 for the first tag that is imported, 200 for the second, 300
;; for its own, 400 for any other.
(module
  (type (func (result f32)))
  (import "a" "first" (tag $first (param i32)))
  (import "a" "second" (tag $second (param i32)))
  (import "a" "throw" (func $throw (param i32)))
  (tag $own (param i32))
  (export "own" (tag $own))
  (export "first" (tag $first))
  (func (export "throw-own") (param i32) (throw $own (local.get 0)))
  (func (export "which") (param i32) (result i32)
    (block $all
      (block $c (result i32)
        (block $b (result i32)
          (block $a (result i32)
            (try_table (catch $own $c) (catch $second $b) (catch $first $a) (catch_all $all)
              (call $throw (local.get 0)))
            (return (i32.const 0)))
          (return (i32.add (i32.const 100))))
        (return (i32.add (i32.const 200))))
      (return (i32.add (i32.const 300))))
    (i32.const 400)))
