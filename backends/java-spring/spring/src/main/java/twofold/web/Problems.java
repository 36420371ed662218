package twofold.web;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Makes a problem of whatever a handler, or the way to it, ends with. */
@RestControllerAdvice
class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler
    ResponseEntity<Problem> refused(Refusal refusal) {
        HttpHeaders headers = new HttpHeaders();
        refusal.headers().forEach(headers::set);
        return answer(refusal.status(), headers, refusal.getMessage());
    }

    /** Spring's own exceptions know their status: no such path, no such method. Everything else is a mistake of ours. */
    @ExceptionHandler
    ResponseEntity<Problem> failed(Exception failure) {
        if (failure instanceof ErrorResponse known) {
            return answer(known.getStatusCode().value(), known.getHeaders(), known.getBody().getDetail());
        }
        if (!(failure instanceof IOException)) { // That is a client that has gone.
            LOG.error("unexpected", failure);
        }
        return answer(HttpStatus.INTERNAL_SERVER_ERROR.value(), HttpHeaders.EMPTY, Problem.FAILED);
    }

    private static ResponseEntity<Problem> answer(int status, HttpHeaders headers, String detail) {
        HttpStatus known = HttpStatus.resolve(status);
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problem.of(status, known == null ? "Error" : known.getReasonPhrase(), detail));
    }
}
