package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Components as WIT. The texts were read back by wasm-tools, and gave the same again. */
class WitTest {

    private static String expected(String name) {
        return new String(Resources.bytes(name), StandardCharsets.UTF_8);
    }

    @Test
    void a_component_of_every_value_type_reads_as_it_was_written() {
        assertThat(Wit.of(Resources.bytes("values.wasm"))).isEqualTo(expected("values.printed.wit"));
    }

    @Test
    void the_encoding_of_strings_does_not_show() {
        assertThat(Wit.of(Resources.bytes("values-utf16.wasm"))).isEqualTo(expected("values.printed.wit"));
    }

    @Test
    void resources_have_their_functions_within_them() {
        assertThat(Wit.of(Resources.bytes("misdeeds.wasm"))).isEqualTo(expected("misdeeds.printed.wit"));
    }

    @Test
    void types_and_functions_of_the_world_stand_in_it() {
        assertThat(Wit.of(Base64.getDecoder().decode(WORLD))).isEqualTo("""
                        package root:component;

                        world root {
                          use a:b/types@1.0.0.{point as dot};
                          import a:b/types@1.0.0;
                          record %record {
                            %list: list<dot>,
                          }
                          import draw: func(%from: %record) -> result<_, u8>;
                          import inner: interface {
                            use a:b/types@1.0.0.{point};
                            resource file {
                              open: static func(at: point) -> file;
                            }
                          }
                        }

                        package a:b@1.0.0 {
                          interface types {
                            record point {
                              x: f32,
                              y: f32,
                            }
                            type place = point;
                          }
                        }
                        """);
    }

    /**
     * <pre>
     * (component
     *   (import "a:b/types@1.0.0" (instance $i
     *     (type $p (record (field "x" f32) (field "y" f32)))
     *     (export "point" (type $p' (eq $p)))
     *     (export "place" (type (eq $p')))))
     *   (alias export $i "point" (type $point))
     *   (import "dot" (type $dot (eq $point)))
     *   (type $r (record (field "list" (list $dot))))
     *   (import "record" (type $record (eq $r)))
     *   (import "draw" (func (param "from" $record) (result (result (error u8)))))
     *   (import "inner" (instance
     *     (alias outer 1 $point (type $p))
     *     (export "point" (type $q (eq $p)))
     *     (export "file" (type $f (sub resource)))
     *     (export "[static]file.open" (func (param "at" $q) (result (own $f)))))))
     * </pre>
     */
    private static final String WORLD =
            "AGFzbQ0AAQAHIgFCAwFyAgF4dgF5dgQABXBvaW50AwAABAAFcGxhY2UDAAEKFAEAD2E6Yi90eXBlc0AxLjAuMAUABgoBAwAABXBvaW50CgkBAANkb3QDAAEHCwJwAnIBBGxpc3QDCgwBAAZyZWNvcmQDAAQHDwJqAAF9QAEEZnJvbQUABgoJAQAEZHJhdwEHBz4BQgYCAwIBAQQABXBvaW50AwAABAAEZmlsZQMBAWkCAUABAmF0AQADBAARW3N0YXRpY11maWxlLm9wZW4BBAoKAQAFaW5uZXIFCAAxDmNvbXBvbmVudC1uYW1lARkDBAEFcG9pbnQCA2RvdAQBcgUGcmVjb3JkAQUFAQABaQ==";

    @Nested
    class WhatIsNotSupported {

        @Test
        void is_printed_all_the_same() {
            // An async function type, and an import of it.
            String hex = "0061736d0d000100" + "070501" + "43000100" + "0a0601" + "0001660100";
            assertThat(Wit.of(HexFormat.of().parseHex(hex))).contains("import f: async func();");
        }
    }
}
