package twofold.web;

/** What a service says of itself once it is ready. */
public record Health(String status) {
    public static final Health OK = new Health("ok");
}
