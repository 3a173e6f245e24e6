(module (rec (type $a (func)) (type $b (func))) (func (type $a)))
