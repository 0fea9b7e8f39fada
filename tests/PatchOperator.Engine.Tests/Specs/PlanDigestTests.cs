using PatchOperator.Api;
using PatchOperator.Engine.Specs;

namespace PatchOperator.Engine.Tests.Specs;

public class PlanDigestTests
{
    private static readonly PatchPlanSpec Plan = new()
    {
        Policy = new PolicyReference { Name = "workers", Uid = "u", Generation = 3 },
        Nodes = [new RunNode { Name = "a", Uid = "1" }, new RunNode { Name = "b", Uid = "2" }],
        Updates = [new RunUpdate { OsFamily = "debian-12", Architecture = "amd64", Name = "openssl", Version = "1:3.0.17-1~deb12u2+b1" }],
    };

    /// <summary>What a person has approved must be found again by any version of the operator: sha256sum of the canonical JSON, made by hand.</summary>
    [Fact]
    public void The_digest_is_that_of_the_canonical_JSON()
    {
        const string Settings = """
            {"drain":{"mode":"WhenRebooting","timeout":"30m"},"freeze":"AtLeast","patchTimeout":"1h","reboot":{"mode":"IfRequired","timeout":"15m"},
            "refreshPackageLists":true,"rollout":{"failureThreshold":1,"maxUnavailable":1,"minReadySeconds":10},"scanTimeout":"10m","securitySources":[]}
            """;
        var json = "{\"nodes\":[{\"name\":\"a\",\"uid\":\"1\"},{\"name\":\"b\",\"uid\":\"2\"}],\"policy\":{\"generation\":3,\"name\":\"workers\",\"uid\":\"u\"},\"settings\":"
            + Settings.ReplaceLineEndings("")
            + ",\"updates\":[{\"architecture\":\"amd64\",\"name\":\"openssl\",\"osFamily\":\"debian-12\",\"version\":\"1:3.0.17-1~deb12u2+b1\"}]}";

        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(json)));

        Assert.Equal($"sha256:{hash}", PlanDigest.Of(Plan));
    }

    public static TheoryData<string, PatchPlanSpec> Others => new()
    {
        { "the order of nodes", Plan with { Nodes = [Plan.Nodes[1], Plan.Nodes[0]] } },
        { "a version", Plan with { Updates = [Plan.Updates[0] with { Version = "3.0.17-1" }] } },
        { "an architecture", Plan with { Updates = [Plan.Updates[0] with { Architecture = "arm64" }] } },
        { "a setting", Plan with { Settings = new RunSettings { PatchTimeout = "2h" } } },
        { "the policy's generation", Plan with { Policy = Plan.Policy with { Generation = 4 } } },
    };

    [Theory, MemberData(nameof(Others))]
    public void Another_plan_has_another_digest(string what, PatchPlanSpec other) => Assert.True(PlanDigest.Of(Plan) != PlanDigest.Of(other), what);

    [Fact]
    public void A_plan_that_was_read_back_has_the_same_digest() =>
        Assert.Equal(PlanDigest.Of(Plan), PlanDigest.Of(k8s.KubernetesJson.Deserialize<PatchPlanSpec>(k8s.KubernetesJson.Serialize(Plan))));
}
