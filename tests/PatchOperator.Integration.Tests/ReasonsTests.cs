using System.Reflection;
using System.Runtime.CompilerServices;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;
using PatchOperator.Api;

namespace PatchOperator.Integration.Tests;

public class ReasonsTests
{
    [Theory]
    [InlineData(typeof(Reasons))]
    [InlineData(typeof(AgentReasons))]
    [InlineData(typeof(ImageReasons))]
    public void Every_reason_is_explained_to_people(Type reasons)
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "reasons.md"));
        var missing = reasons.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"`{field.GetRawConstantValue()}`").Where(reason => !page.Contains(reason, StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
