using PatchOperator.Api;
using static PatchOperator.Tests.Images.BaselineStory;

namespace PatchOperator.Tests.Images;

public class RetentionTests
{
    private static readonly string Refused = $"the registry refused to delete image {Digest('a')}: ";

    [Fact]
    public void An_image_whose_deletion_is_refused_stays_listed_and_is_tried_again_after_an_hour()
    {
        var story = Superfluous("the registry does not allow deletion");

        Assert.Equal(new RetentionFailure { At = Noon, Message = $"{Refused}the registry does not allow deletion" }, story.Status.RetentionFailure);
        Assert.Equal([Digest('c'), Digest('b'), Digest('a')], story.Status.History.Select(record => record.Digest));
        // All else goes on.
        Assert.Equal((Digest('c'), "True"), (story.Status.Current?.Digest, story.Condition("Ready").Status));

        story.Registry.KeepsAll = null;
        story.Later(TimeSpan.FromMinutes(59));
        Assert.Contains(Digest('a'), story.Registry.Stored);
        story.Later(TimeSpan.FromMinutes(1));

        Assert.Equal([Digest('b'), Digest('c')], story.Registry.Stored.Order());
        Assert.Equal([Digest('c'), Digest('b')], story.Status.History.Select(record => record.Digest));
        Assert.Null(story.Status.RetentionFailure);
    }

    [Fact]
    public void A_refusal_that_lasts_is_dated_by_the_last_attempt()
    {
        var story = Superfluous("the registry does not allow deletion");
        story.Registry.KeepsAll = "still not";
        story.Later(TimeSpan.FromHours(1));

        Assert.Equal(new RetentionFailure { At = Noon.AddHours(1), Message = $"{Refused}still not" }, story.Status.RetentionFailure);
    }

    [Fact]
    public void A_refusal_is_forgotten_when_nothing_is_to_be_deleted_any_more()
    {
        var story = Superfluous("the registry does not allow deletion").Edit(spec => spec with { Retention = new ImageRetention { Keep = 2 } });

        Assert.Null(story.Status.RetentionFailure);
        Assert.Equal(3, story.Registry.Stored.Count);
    }

    [Fact]
    public void A_message_of_any_length_fits_the_status()
    {
        var message = Superfluous(new string('x', 5000)).Status.RetentionFailure!.Message;

        Assert.Equal((Limits.Message, '…'), (message.Length, message[^1]));
    }

    [Fact]
    public void A_suspended_baseline_deletes_nothing()
    {
        var story = new BaselineStory(spec => spec with { Retention = new ImageRetention { Keep = 2 } }).Settle().Built('a');
        foreach (var next in "bc")
            story.Annotate(ApiGroup.RebuildAnnotation, "now").Built(next);
        story.Edit(spec => spec with { Suspend = true, Retention = new ImageRetention { Keep = 1 } });
        Assert.Equal(3, story.Registry.Stored.Count);

        story.Edit(spec => spec with { Suspend = false });
        Assert.Equal(2, story.Registry.Stored.Count);
    }

    // The third image makes the first one superfluous.
    private static BaselineStory Superfluous(string problem)
    {
        var story = new BaselineStory(spec => spec with { Retention = new ImageRetention { Keep = 1 } }).Settle().Built('a');
        story.Annotate(ApiGroup.RebuildAnnotation, "now").Built('b');
        story.Registry.KeepsAll = problem;
        return story.Annotate(ApiGroup.RebuildAnnotation, "now").Built('c');
    }
}
