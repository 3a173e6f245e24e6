/**
 * What every engine behind the SPI must pass, whatever it is made of: abstract test classes that a provider's tests extend, one
 * nested class for each way in which it can be set up. The modules are beside the classes, as text and as bytes.
 */
package infrarust.wasm.spi.kit;
