package heddle.stream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Makes certificates for tests, in the encoding of X.509 (RFC 5280), as the JDK has no public way to. */
final class Certificates {

    static final char[] PASSWORD = "test".toCharArray();

    private static final byte[] ECDSA_WITH_SHA256 = sequence(oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2));
    private static int made;

    private Certificates() {}

    /** A key, and a certificate for it. */
    record Identity(String name, PrivateKey key, Certificate certificate) {

        /** A store with this, as a server uses it. */
        KeyStore keys() throws Exception {
            KeyStore store = empty();
            store.setKeyEntry("key", key, PASSWORD, new Certificate[] {certificate});
            return store;
        }

        /** A store that trusts this. */
        KeyStore trusted() throws Exception {
            KeyStore store = empty();
            store.setCertificateEntry("trusted", certificate);
            return store;
        }
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    static Identity authority(String name) throws Exception {
        KeyPair keys = keys();
        return certify(name, keys, name, keys.getPrivate(), true, -1, 365);
    }

    /** A certificate for the host {@code name}, signed by an authority, valid from and until so many days from now. */
    static Identity signed(Identity by, String name, int fromDay, int untilDay) throws Exception {
        return certify(name, keys(), by.name, by.key, false, fromDay, untilDay);
    }

    static Identity selfSigned(String name) throws Exception {
        KeyPair keys = keys();
        return certify(name, keys, name, keys.getPrivate(), false, -1, 365);
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static Identity certify(
            String name,
            KeyPair keys,
            String issuer,
            PrivateKey issuerKey,
            boolean authority,
            int fromDay,
            int untilDay)
            throws Exception {
        byte[] extensions = authority
                ? extension(oid(0x55, 0x1D, 0x13), sequence(tagged(0x01, new byte[] {(byte) 0xFF})))
                : extension(oid(0x55, 0x1D, 0x11), sequence(tagged(0x82, name.getBytes(StandardCharsets.US_ASCII))));
        byte[] toSign = sequence(
                tagged(0xA0, tagged(0x02, new byte[] {2})),
                tagged(0x02, BigInteger.valueOf(1000 + made++).toByteArray()),
                ECDSA_WITH_SHA256,
                distinguished(issuer),
                sequence(time(fromDay), time(untilDay)),
                distinguished(name),
                keys.getPublic().getEncoded(),
                tagged(0xA3, sequence(extensions)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuerKey);
        signature.update(toSign);
        byte[] bits = concatenated(new byte[] {0}, signature.sign());
        byte[] certificate = sequence(toSign, ECDSA_WITH_SHA256, tagged(0x03, bits));
        return new Identity(
                name,
                keys.getPrivate(),
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)));
    }

    private static byte[] distinguished(String name) {
        return sequence(tagged(0x31, sequence(oid(0x55, 4, 3), tagged(0x0C, name.getBytes(StandardCharsets.UTF_8)))));
    }

    private static byte[] time(int daysFromNow) {
        String text = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'")
                .format(Instant.now().plusSeconds(daysFromNow * 86_400L).atOffset(ZoneOffset.UTC));
        return tagged(0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] extension(byte[] oid, byte[] value) {
        return sequence(oid, tagged(0x04, value));
    }

    private static byte[] oid(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return tagged(0x06, content);
    }

    private static byte[] sequence(byte[]... parts) {
        return tagged(0x30, concatenated(parts));
    }

    private static byte[] tagged(int tag, byte[] content) {
        byte[] length = content.length < 128
                ? new byte[] {(byte) content.length}
                : content.length < 256
                        ? new byte[] {(byte) 0x81, (byte) content.length}
                        : new byte[] {(byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return concatenated(new byte[] {(byte) tag}, length, content);
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
