package twofold.members;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import twofold.catalog.Item;
import twofold.members.Members.Login;
import twofold.members.Members.Token;
import twofold.web.CpuWork;
import twofold.web.JsonBody;

@RestController
class MembersController {
    private final Members members;
    private final CpuWork cpu;

    MembersController(Members members, CpuWork cpu) {
        this.members = members;
        this.cpu = cpu;
    }

    /** As many hashes at once as there are cores: each takes 19 MiB. */
    @PostMapping("/login")
    Token logIn(@JsonBody Login login) throws InterruptedException {
        return cpu.compute(() -> members.logIn(login));
    }

    @GetMapping("/members/items/{id}")
    Item get(HttpServletRequest request, @PathVariable String id) {
        return members.item(request.getHeader(HttpHeaders.AUTHORIZATION), id);
    }
}
