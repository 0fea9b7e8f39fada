using PatchOperator.Docs.Tests.Markdown;

namespace PatchOperator.Docs.Tests;

public class OutputShapeTests
{
    [Theory]
    [InlineData("numbers", "node-1 has 10 updates", "node-1 has 7 updates")]
    [InlineData("ages", "Ready  12s", "Ready  2m3s")]
    [InlineData("times and versions", "2026-11-21T13:49:52Z v1.20.2", "2031-01-02T03:04:05Z v1.33.0")]
    [InlineData("columns of another width", "NAME  AGE", "NAME          AGE")]
    [InlineData("the rest of a word", "export KUBECONFIG=…", "export KUBECONFIG=/root/admin.kubeconfig")]
    [InlineData("any lines", "...\nlast", "first\nsecond\nlast")]
    [InlineData("no line", "first\n...", "first")]
    public void An_output_may_differ_in(string what, string shown, string output) => Assert.True(OutputShape.Difference(shown, output) is null, what);

    [Theory]
    [InlineData("a word", "deployment created", "deployment configured")]
    [InlineData("a word where a number is shown", "10 updates", "no updates")]
    [InlineData("an empty column", "canary  1/1  1  True", "canary  1/1  True")]
    [InlineData("a line too many", "first", "first\nsecond")]
    [InlineData("a line too few", "first\nsecond", "first")]
    [InlineData("the order of lines", "first\nsecond", "second\nfirst")]
    [InlineData("what is special in patterns", "a.b", "axb")]
    public void An_output_may_not_differ_in(string what, string shown, string output) => Assert.True(OutputShape.Difference(shown, output) is not null, what);
}
