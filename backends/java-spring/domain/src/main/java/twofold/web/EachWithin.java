package twofold.web;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** No number of the array has a greater magnitude; NaN has none. */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = EachWithin.Check.class)
public @interface EachWithin {
    double value();

    String message() default "must be numbers of a magnitude of at most {value}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Looks at every number. */
    class Check implements ConstraintValidator<EachWithin, double[]> {
        private double most;

        @Override
        public void initialize(EachWithin wanted) {
            most = wanted.value();
        }

        @Override
        public boolean isValid(double[] numbers, ConstraintValidatorContext context) {
            if (numbers != null) {
                for (double number : numbers) {
                    if (Double.isNaN(number) || Math.abs(number) > most) {
                        return false;
                    }
                }
            }
            return true;
        }
    }
}
