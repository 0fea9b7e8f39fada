using PatchOperator.Api;
using PatchOperator.GitOps.Tests.Programs;

namespace PatchOperator.GitOps.Tests.Health;

/// <summary>What a person can do with a click in Argo CD: set the annotations that the operator acts on.</summary>
public class ActionTests
{
    [Fact]
    public void A_halted_run_can_be_resumed()
    {
        var run = Find("run that has halted");

        Assert.Equal(["resume"], ArgoCd.Actions(run));
        Assert.Equal("true", ArgoCd.Annotations("resume", run)[ApiGroup.ResumeAnnotation]);
    }

    [Theory]
    [InlineData("run that patches nodes")]
    [InlineData("run that succeeded")]
    [InlineData("PatchRun that the operator has not looked at")]
    public void Another_run_cannot(string name) => Assert.Empty(ArgoCd.Actions(Find(name)));

    [Fact]
    public void A_candidate_can_be_promoted_by_its_digest()
    {
        var baseline = Find("baseline whose next image waits for a person");

        Assert.Equal(["promote", "rebuild"], ArgoCd.Actions(baseline));
        Assert.Equal((string?)baseline["status"]!["candidate"]!["digest"], ArgoCd.Annotations("promote", baseline)[ApiGroup.PromoteAnnotation]);
    }

    [Fact]
    public void A_baseline_can_be_built_anew_and_keeps_its_other_annotations()
    {
        var baseline = Find("baseline with a current image").DeepClone().AsObject();
        baseline["metadata"]!["annotations"] = new System.Text.Json.Nodes.JsonObject { ["example.com/owner"] = "me" };

        Assert.Equal(["rebuild"], ArgoCd.Actions(baseline));
        var annotations = ArgoCd.Annotations("rebuild", baseline);
        Assert.Equal(("now", "me"), (annotations[ApiGroup.RebuildAnnotation], annotations["example.com/owner"]));
    }

    private static System.Text.Json.Nodes.JsonObject Find(string name) => Situations.All.Single(situation => situation.Name == name).Item;
}
