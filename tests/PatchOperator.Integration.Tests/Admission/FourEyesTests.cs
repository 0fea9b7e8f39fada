using PatchOperator.Integration.Tests.Crds;

namespace PatchOperator.Integration.Tests.Admission;

/// <summary>
/// config/four-eyes on the code by which a current Kubernetes admits: an approval is given in the approver's own name, and never by the author of the policy.
/// </summary>
public sealed class FourEyesTests(FourEyesServer server) : IClassFixture<FourEyesServer>
{
    private const string Operator = "system:serviceaccount:patch-operator-system:patch-operator";
    private const string OwnName = "whoever writes the spec of a PatchPolicy is its author: its annotation patchoperator.io/author must be ";
    private const string WithTheSpec = "the annotation patchoperator.io/author changes with the spec alone";
    private const string OwnApproval = "nobody approves in the name of another: by must be ";
    private const string NotTheAuthor = "the author of a PatchPolicy does not approve its runs";
    private const string NoAuthor = "whose policy this is is not known, as it had no annotation patchoperator.io/author when the run was made";
    private const string OwnRun = "whoever makes a PatchRun by hand is its author: spec.policy.author must be ";

    private readonly string name = ApiServerFixture.UniqueName("eyes");

    [CrdServerFact]
    public async Task Nobody_writes_a_policy_in_the_name_of_another()
    {
        await Refused($"{OwnName}alice", "alice", "create", FourEyesServer.Policy(name, author: null));
        await Refused($"{OwnName}alice", "alice", "create", FourEyesServer.Policy(name, author: "bob"));
        await Taken("alice", "create", FourEyesServer.Policy(name, author: "alice"));

        await Refused($"{OwnName}bob", "bob", "replace", FourEyesServer.Policy(name, author: "alice", priority: 1));
        await Refused($"{OwnName}bob", "bob", "replace", FourEyesServer.Policy(name, author: null, priority: 1));
        await Taken("bob", "replace", FourEyesServer.Policy(name, author: "bob", priority: 1));
    }

    [CrdServerFact]
    public async Task The_author_stays_as_long_as_the_spec_is_the_same()
    {
        await Taken("alice", "create", FourEyesServer.Policy(name, author: "alice"));

        await Refused(WithTheSpec, "bob", ["annotate", "patchpolicy", name, "--overwrite", "patchoperator.io/author=bob"]);
        await Refused(WithTheSpec, "alice", ["annotate", "patchpolicy", name, "--overwrite", "patchoperator.io/author=bob"]);
        await Refused(WithTheSpec, "alice", ["annotate", "patchpolicy", name, "patchoperator.io/author-"]);
        // Neither is anybody kept from the rest: not from labels, and the operator not from its finalizer and the status.
        await Taken("bob", ["label", "patchpolicy", name, "team=platform"]);
        await Taken(Operator, ["patch", "patchpolicy", name, "--type=merge", "--patch", """{"metadata":{"finalizers":["patchoperator.io/policy"]}}"""]);
        await Taken(Operator, ["patch", "patchpolicy", name, "--subresource=status", "--type=merge", "--patch", """{"status":{"observedGeneration":1}}"""]);
    }

    [CrdServerFact]
    public async Task A_policy_from_before_is_claimed_in_ones_own_name_alone()
    {
        await Taken("bob", ["label", "patchpolicy", FourEyesServer.OldPolicy, "team=platform"]);
        await Refused(WithTheSpec, "bob", ["annotate", "patchpolicy", FourEyesServer.OldPolicy, "patchoperator.io/author=alice"]);

        await Taken("bob", ["annotate", "patchpolicy", FourEyesServer.OldPolicy, "patchoperator.io/author=bob"]);
        await Refused(WithTheSpec, "alice", ["annotate", "patchpolicy", FourEyesServer.OldPolicy, "--overwrite", "patchoperator.io/author=alice"]);
    }

    [CrdServerFact]
    public async Task An_approval_is_given_in_ones_own_name_and_not_by_the_author()
    {
        await Taken(Operator, "create", FourEyesServer.Run(name, author: "alice"));

        await Refused($"{OwnApproval}bob", "bob", Approve("alice"));
        await Refused($"{OwnApproval}bob", "bob", Approve("carol"));
        await Refused(NotTheAuthor, "alice", Approve("alice"));
        await Refused($"{OwnApproval}alice", "alice", Approve("bob"));
        await Taken("bob", Approve("bob"));
        await Taken("carol", Approve("carol"));
        await Refused($"{OwnApproval}alice", "alice", Approve("bob", reason: "once more"));
        // What is no approval is open to all who may patch a run.
        await Taken("alice", ["patch", "patchrun", name, "--type=merge", "--patch", """{"spec":{"paused":true}}"""]);
        await Taken(Operator, ["annotate", "patchrun", name, "patchoperator.io/resume-"]);
    }

    [CrdServerFact]
    public async Task Neither_the_author_nor_an_approval_in_a_run_can_be_changed()
    {
        await Taken(Operator, "create", FourEyesServer.Run(name, author: "alice"));
        await Taken("bob", Approve("bob"));

        await Refused("the spec of a PatchRun is frozen", "alice", Json("""{"op":"replace","path":"/spec/policy/author","value":"bob"}"""));
        await Refused("the spec of a PatchRun is frozen", "alice", Json("""{"op":"remove","path":"/spec/policy/author"}"""));
        // Not even together with an approval.
        await Refused(
            "the spec of a PatchRun is frozen", "alice",
            Json($$"""{"op":"replace","path":"/spec/policy/author","value":"bob"},{"op":"add","path":"/spec/approvals/-","value":{{FourEyesServer.Approval("alice")}}}"""));
        await Refused("approvals can only be added", "alice", Json("""{"op":"remove","path":"/spec/approvals/0"}"""));
        await Refused("approvals can only be added", "alice", Json("""{"op":"replace","path":"/spec/approvals/0/by","value":"carol"}"""));
    }

    [CrdServerFact]
    public async Task A_run_of_which_the_author_is_not_known_is_approved_by_nobody()
    {
        await Taken(Operator, "create", FourEyesServer.Run(name, author: null));

        await Refused(NoAuthor, "bob", Approve("bob"));
    }

    [CrdServerFact]
    public async Task A_run_that_a_person_makes_is_that_persons_own()
    {
        await Refused($"{OwnRun}bob", "bob", "create", FourEyesServer.Run(name, author: "alice"));
        await Refused($"{OwnRun}bob", "bob", "create", FourEyesServer.Run(name, author: null));
        await Refused($"{OwnRun}bob", "bob", "create", FourEyesServer.Run(name, author: "alice", "bob"));
        await Refused(NotTheAuthor, "bob", "create", FourEyesServer.Run(name, author: "bob", "bob"));

        await Taken("bob", "create", FourEyesServer.Run(name, author: "bob"));
        await Refused(NotTheAuthor, "bob", Approve("bob"));
        await Taken("carol", Approve("carol"));
    }

    private string[] Approve(string by, string? reason = null)
    {
        var approval = FourEyesServer.Approval(by);
        if (reason is not null)
            approval["reason"] = reason;
        return Json($$"""{"op":"add","path":"/spec/approvals/-","value":{{approval.ToJsonString()}}}""");
    }

    private string[] Json(string operations) => ["patch", "patchrun", name, "--type=json", "--patch", $"[{operations}]"];

    private Task Taken(string user, string verb, string entity) => Taken(user, [verb, "--validate=false", "--filename", "-"], entity);

    private async Task Taken(string user, string[] arguments, string entity = "") => (await server.As(user, arguments, entity)).Succeeded();

    private Task Refused(string why, string user, string verb, string entity) => Refused(why, user, [verb, "--validate=false", "--filename", "-"], entity);

    private async Task Refused(string why, string user, string[] arguments, string entity = "")
    {
        var answer = await server.As(user, arguments, entity);
        Assert.NotEqual(0, answer.ExitCode);
        Assert.Contains(why, answer.Errors, StringComparison.Ordinal);
    }
}
