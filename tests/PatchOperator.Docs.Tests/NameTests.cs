using System.Reflection;
using System.Text.RegularExpressions;
using PatchOperator.Api;

namespace PatchOperator.Docs.Tests;

/// <summary>Labels and annotations that pages tell readers to use.</summary>
public partial class NameTests
{
    public static TheoryData<string> All => [.. Pages.All.Select(page => page.Path)];

    [Theory, MemberData(nameof(All))]
    public void Every_label_and_annotation_of_ours_is_one_that_the_operator_knows(string path)
    {
        var known = typeof(ApiGroup).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetRawConstantValue() as string).ToHashSet();

        Assert.All(OurName().Matches(File.ReadAllText(Repository.PathOf(path))), name => Assert.Contains(name.Value, known));
    }

    // Not objects as kubectl names them, PLURAL.patchoperator.io/NAME, nor a path in a container.
    [GeneratedRegex(@"(?<![./\w])patchoperator\.io/[a-z0-9-]*[a-z0-9]")]
    private static partial Regex OurName();
}
