(module (type (struct (field i32))) (func (result i32) (struct.get 0 0 (struct.new 0 (i32.const 1)))))
