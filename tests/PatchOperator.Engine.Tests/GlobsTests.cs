namespace PatchOperator.Engine.Tests;

public class GlobsTests
{
    [Theory]
    [InlineData("lib*", "libssl3", true)]
    [InlineData("lib?", "libc", true)]
    [InlineData("libssl3", "libssl3t64", false)]
    [InlineData("*", "g++", true)]
    [InlineData("Lib*", "libc", false)]
    public void Globs_match_whole_names(string glob, string name, bool matches) => Assert.Equal(matches, Globs.Matches([glob], name));
}
