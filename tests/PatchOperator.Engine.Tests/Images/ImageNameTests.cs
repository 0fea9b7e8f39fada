using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Specs;
using PatchOperator.Registry.Tests.Grammars;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Images;

/// <summary>The operator's validation reads names as the agent and the registry client do.</summary>
public class ImageNameTests
{
    [Theory, MemberData(nameof(ImageNameCases.Repositories), MemberType = typeof(ImageNameCases))]
    public void Repositories(string text, bool valid) =>
        Check("spec.output.repository", valid, spec => spec with { Output = new ImageOutput { Repository = text } });

    [Theory, MemberData(nameof(ImageNameCases.References), MemberType = typeof(ImageNameCases))]
    public void References(string text, string? repository) => Check("spec.source.image", repository is not null, spec => spec with
    {
        Source = new ImageSource { Type = ImageSourceType.Image, Image = text },
        Builder = new ImageBuilder { Type = ImageBuilderType.Buildah },
    });

    [Theory, MemberData(nameof(ImageNameCases.Tags), MemberType = typeof(ImageNameCases))]
    public void Tags(string text, bool valid) => Check("spec.output.currentTag", valid, spec => spec with { Output = spec.Output with { CurrentTag = text } });

    [Theory, MemberData(nameof(ImageNameCases.Digests), MemberType = typeof(ImageNameCases))]
    public void Digests(string text, bool valid) => Check("spec.revoked[0]", valid, spec => spec with { Revoked = [text] });

    [Fact]
    public void A_template_counts_with_the_name_of_its_baseline()
    {
        var baseline = ABaseline(
            spec => spec with { Output = spec.Output with { TagTemplate = "{digest}" + new string('-', 100) + "{baseline}" } });
        baseline.Metadata.Name = new string('b', 16);
        Assert.Empty(BaselineValidation.Validate(baseline, new Dictionary<string, WindowCalendar?>()));

        baseline.Metadata.Name = new string('b', 17);
        var error = Assert.Single(BaselineValidation.Validate(baseline, new Dictionary<string, WindowCalendar?>()));
        Assert.Equal("spec.output.tagTemplate", error.Field);
    }

    private static void Check(string field, bool valid, Func<ImageBaselineSpec, ImageBaselineSpec> change)
    {
        var errors = BaselineValidation.Validate(ABaseline(change), new Dictionary<string, WindowCalendar?>());

        Assert.Equal(valid ? [] : [field], errors.Select(error => error.Field));
    }
}
