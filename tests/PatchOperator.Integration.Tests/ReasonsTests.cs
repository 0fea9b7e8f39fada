using System.Reflection;
using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;

namespace PatchOperator.Integration.Tests;

public class ReasonsTests
{
    [Theory]
    [InlineData(typeof(Reasons))]
    [InlineData(typeof(AgentReasons))]
    [InlineData(typeof(ImageReasons))]
    public void Every_reason_is_explained_to_people(Type reasons)
    {
        var page = File.ReadAllText(Repository.PathOf("docs/reasons.md"));
        var missing = reasons
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => $"`{field.GetRawConstantValue()}`")
            .Where(reason => !page.Contains(reason, StringComparison.Ordinal));

        Assert.Empty(missing);
    }
}
