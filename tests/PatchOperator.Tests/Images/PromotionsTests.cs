using PatchOperator.Api;
using PatchOperator.Contract.Images;
using static PatchOperator.Tests.Images.BaselineStory;

namespace PatchOperator.Tests.Images;

public class PromotionsTests
{
    [Fact]
    public void A_candidate_soaks_before_it_is_promoted()
    {
        var story = new BaselineStory(spec => spec with { Promotion = new ImagePromotion { Soak = "2d" } }).Settle().Built('a');

        Assert.Equal((Digest('a'), null, null), (story.Status.Candidate?.Digest, story.Status.Current?.Digest, story.Registry.Tagged.LastOrDefault()));
        Assert.Equal(("False", Reasons.ImageSoaking), story.Condition("Promoted"));
        story.Later(TimeSpan.FromDays(2));
        Assert.Equal((Digest('a'), Digest('a')), (story.Status.Current?.Digest, story.Registry.Tagged.LastOrDefault()));
    }

    [Fact]
    public void A_manual_promotion_waits_for_the_digest_of_its_candidate()
    {
        var story = Manual().Built('a');

        Assert.Equal(("False", Reasons.AwaitingPromotion), story.Condition("Promoted"));
        Assert.Contains($"kubectl annotate imagebaseline worker patchoperator.io/promote={Digest('a')}", story.Message("Promoted"), StringComparison.Ordinal);
        story.Annotate(ApiGroup.PromoteAnnotation, Digest('a'));
        Assert.Equal(Digest('a'), story.Status.Current?.Digest);
        Assert.Empty(story.Baseline.Metadata.Annotations);
    }

    [Theory]
    [InlineData("now")]
    [InlineData("sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    public void An_approval_of_something_else_is_refused(string value)
    {
        var story = Manual().Built('a').Annotate(ApiGroup.PromoteAnnotation, value);

        Assert.Null(story.Status.Current);
        Assert.Empty(story.Baseline.Metadata.Annotations);
        Assert.Contains(
            story.Events,
            happened => happened.StartsWith($"{Reasons.PromotionRefused}: ", StringComparison.Ordinal) && happened.EndsWith($"the candidate is "
                + $"{Digest('a')}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_person_goes_back_to_an_image_that_was_current_before()
    {
        var story = Manual().Built('a').Annotate(ApiGroup.PromoteAnnotation, Digest('a'))
            .Annotate(ApiGroup.RebuildAnnotation, "now").Built('b').Annotate(ApiGroup.PromoteAnnotation, Digest('b'))
            .Annotate(ApiGroup.PromoteAnnotation, Digest('a'));

        Assert.Equal((Digest('a'), Digest('a')), (story.Status.Current?.Digest, story.Registry.Tagged.LastOrDefault()));
        Assert.Equal(
            [(Digest('a'), ImageState.Active), (Digest('b'), ImageState.Deprecated)], story.Status.History.Select(record => (record.Digest, record.State)));
    }

    [Fact]
    public void A_candidate_that_was_deleted_from_the_registry_is_not_promoted()
    {
        var story = Manual().Built('a');
        story.Registry.Stored.Clear();
        story.Annotate(ApiGroup.PromoteAnnotation, Digest('a'));

        Assert.Equal((null, null), (story.Status.Current, story.Status.Candidate));
        Assert.Equal(Reasons.ImageNotFound, Assert.Single(story.Status.Rejected).Reason);
    }

    [Fact]
    public void What_the_registry_says_of_one_image_is_never_taken_for_another()
    {
        var story = new BaselineStory(spec => spec with { Promotion = new ImagePromotion { Soak = "2h" } }).Settle().Built('a')
            .Annotate(ApiGroup.RebuildAnnotation, "now");
        story.Pass(TimeSpan.FromHours(2));
        story.Built('b', pushed: false);

        Assert.Equal((Digest('a'), Digest('a')), (story.Status.Current?.Digest, story.Registry.Tagged.LastOrDefault()));
        Assert.Empty(story.Status.Rejected);
    }

    [Fact]
    public void A_newer_candidate_takes_the_place_of_one_that_waits()
    {
        var story = Manual().Built('a').Annotate(ApiGroup.RebuildAnnotation, "now").Built('b');

        Assert.Equal(Digest('b'), story.Status.Candidate?.Digest);
        Assert.Equal(Reasons.Superseded, Assert.Single(story.Status.Rejected).Reason);
    }

    [Fact]
    public void The_same_content_built_again_goes_on_soaking()
    {
        var story = new BaselineStory(spec => spec with { Promotion = new ImagePromotion { Soak = "2d" } }).Settle().Built('a')
            .Later(TimeSpan.FromDays(1)).Scanned();
        story.Annotate(ApiGroup.RebuildAnnotation, "now").Built('a').Later(TimeSpan.FromDays(1));

        Assert.Equal(Digest('a'), story.Status.Current?.Digest);
    }

    [Fact]
    public void Retention_keeps_the_newest_and_what_nodes_run()
    {
        var story = new BaselineStory(spec => BaselineDeciderTests.Identified(spec) with { Retention = new ImageRetention { Keep = 1, Failed = 0 } })
            .Settle()
            .Built('a');
        story.Node("node-1", "v-a");
        foreach (var next in "bcd")
            story.Annotate(ApiGroup.RebuildAnnotation, "now").Built(next);

        Assert.Equal([Digest('a'), Digest('c'), Digest('d')], story.Registry.Stored.Order());
        Assert.Equal([Digest('d'), Digest('c'), Digest('a')], story.Status.History.Select(record => record.Digest));

        story.WithoutNode("node-1").Later(TimeSpan.FromMinutes(1));
        Assert.Equal([Digest('c'), Digest('d')], story.Registry.Stored.Order());
    }

    [Fact]
    public void In_a_volume_the_next_build_deletes_what_the_new_image_makes_superfluous()
    {
        var story = new BaselineStory(spec => spec with
        {
            Output = new ImageOutput { Format = ImageFormat.Tar, Volume = new ImageVolume { ClaimName = "images" } },
            Retention = new ImageRetention { Keep = 1 },
        }).Settle().Built('a');
        foreach (var next in "bc")
            story.Annotate(ApiGroup.RebuildAnnotation, "now").Built(next);
        Assert.Equal(3, story.Status.History.Count);

        story.Annotate(ApiGroup.RebuildAnnotation, "now");
        Assert.Equal([new KnownImage(Digest('a'), "v-a")], story.Running.Request.Superfluous);
        story.Built('d');
        Assert.Equal([Digest('d'), Digest('c'), Digest('b')], story.Status.History.Select(record => record.Digest));
    }

    [Fact]
    public void Rejected_images_are_kept_as_many_as_the_spec_says()
    {
        var story = new BaselineStory(spec => spec with { Retention = new ImageRetention { Failed = 1 } }).Settle().Built('a', security: 1);
        foreach (var next in "bc")
            story.Annotate(ApiGroup.RebuildAnnotation, "now").Built(next, security: 1);

        Assert.Equal([Digest('c')], story.Registry.Stored);
        Assert.Equal([Digest('c')], story.Status.Rejected.Select(image => image.Digest));
    }

    [Fact]
    public void A_rejected_image_that_is_the_current_one_too_is_never_deleted()
    {
        var story = new BaselineStory(spec => spec with { Retention = new ImageRetention { Keep = 0, Failed = 0 } }).Settle().Built('a')
            .Annotate(ApiGroup.RebuildAnnotation, "now").Built('a', security: 1);

        Assert.Equal([Digest('a')], story.Registry.Stored);
        Assert.Equal(Digest('a'), story.Status.Current?.Digest);
    }

    private static BaselineStory Manual() => new BaselineStory(spec => spec with { Promotion = new ImagePromotion { Mode = PromotionMode.Manual } }).Settle();
}
