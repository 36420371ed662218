package twofold.members;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Passwords hashed by Argon2id, and signed tokens for who knows one. */
class Accounts {
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final JWSHeader HEADER = new JWSHeader.Builder(JWSAlgorithm.HS256).type(com.nimbusds.jose.JOSEObjectType.JWT).build();

    private final Argon2PasswordEncoder passwords = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final Map<String, String> hashes;
    private final String anyone;
    private final MACSigner signer;
    private final MACVerifier verifier;

    Accounts(Path file, String key, JsonMapper mapper) throws JOSEException {
        hashes = mapper.readValue(file, new TypeReference<Map<String, String>>() { });
        anyone = hashes.values().iterator().next();
        byte[] secret = key.getBytes(StandardCharsets.UTF_8);
        signer = new MACSigner(secret);
        verifier = new MACVerifier(secret);
    }

    /** A name that nobody has costs a hash too, so that the time does not tell which names there are. */
    String logIn(String name, String password) throws JOSEException {
        String known = hashes.get(name);
        boolean right = passwords.matches(password, known == null ? anyone : known);
        if (known == null || !right) {
            throw new Unauthorized("There is no such name with this password.");
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        SignedJWT token = new SignedJWT(HEADER, new JWTClaimsSet.Builder()
                .subject(name).issueTime(Date.from(now)).expirationTime(Date.from(now.plus(TOKEN_LIFE))).build());
        token.sign(signer);
        return token.serialize();
    }

    /** Whether this is a token of somebody, signed by our key and not too old. */
    boolean isGood(String text) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            if (!JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm()) || !token.verify(verifier)) {
                return false;
            }
            JWTClaimsSet claims = token.getJWTClaimsSet();
            Date expires = claims.getExpirationTime();
            return claims.getSubject() != null && expires != null && expires.toInstant().isAfter(Instant.now());
        } catch (ParseException | JOSEException malformed) {
            return false;
        }
    }
}
