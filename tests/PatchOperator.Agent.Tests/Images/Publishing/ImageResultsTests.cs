using System.Text;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images.Publishing;

public class ImageResultsTests
{
    [Fact]
    public void What_the_agent_writes_the_operator_reads()
    {
        var result = AResult([new ImageTestOutcome("ssh", true, null), new ImageTestOutcome("kernel", false, "exit code 1: no such file")]);

        var read = ImageResults.Read(ImageResults.Write(result))!;

        Assert.Equal(result.Image, read.Image);
        Assert.Equal(result.Tests, read.Tests);
        Assert.Equal(result.Findings!.PendingNames, read.Findings!.PendingNames);
        Assert.Equal(result.Findings.Expected[0].Names, read.Findings.Expected[0].Names);
        Assert.Equal((result.Reason, result.Message), (read.Reason, read.Message));
    }

    [Theory]
    [InlineData("plain ", 1)]
    [InlineData("plain ", 40)]
    [InlineData("äöü€ ", 40)]
    [InlineData("😀", 40)]
    [InlineData("\u0000\u001b\"\\\n", 40)]
    [InlineData("\ud800", 1000)]
    public void A_result_fits_whatever_the_tests_printed(string piece, int tests)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 5000));
        var result = AResult([.. Enumerable.Range(0, tests).Select(_ => new ImageTestOutcome(text, false, text))]) with { Message = text };

        var json = ImageResults.Write(result);

        Assert.InRange(Encoding.UTF8.GetByteCount(json), 1, ImageResults.MaxBytes);
        Assert.Equal(result.Image, ImageResults.Read(json)!.Image);
    }

    [Fact]
    public void Messages_of_tests_are_cut_evenly_and_keep_their_beginning_and_end()
    {
        var result = AResult(
            [.. Enumerable.Range(0, 10).Select(test => new ImageTestOutcome($"test{test}", false, $"exit code {test}: {new string('x', 2000)} the cause"))]);

        var read = ImageResults.Read(ImageResults.Write(result))!;

        Assert.Equal(10, read.Tests.Count);
        Assert.Single(read.Tests.Select(test => test.Message!.Length).Distinct());
        Assert.All(read.Tests, (test, index) => Assert.StartsWith($"exit code {index}: x", test.Message));
        Assert.All(read.Tests, test => Assert.EndsWith("x the cause", test.Message));
    }

    [Fact]
    public void A_short_result_is_not_cut()
    {
        var message = new string('x', 1500);

        Assert.Equal(message, ImageResults.Read(ImageResults.Write(AResult([new ImageTestOutcome("one", false, message)])))!.Tests[0].Message);
    }

    [Fact]
    public void Of_more_tests_than_fit_at_all_the_failed_ones_are_left()
    {
        var result = AResult([.. Enumerable.Range(0, 200).Select(test => new ImageTestOutcome($"test{test}", test != 100, null))]);

        Assert.Equal("test100", Assert.Single(ImageResults.Read(ImageResults.Write(result))!.Tests).Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("OOMKilled")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"schema":"patchoperator.io/v9/image","reason":"Completed","message":""}""")]
    [InlineData("""{"schema":"patchoperator.io/v1alpha1/image"}""")]
    [InlineData("""{"schema":"patchoperator.io/v1alpha1/image","reason":null,"message":"done"}""")]
    [InlineData("""{"schema":"patchoperator.io/v1alpha1/image","reason":"Completed","message":"done","tests":null}""")]
    public void What_is_no_result_is_not_read(string? text) => Assert.Null(ImageResults.Read(text));

    private static ImageResult AResult(IReadOnlyList<ImageTestOutcome> tests) => new()
    {
        Reason = ImageReasons.Completed,
        Message = "the image is in the registry",
        Image = new ImageFacts("sha256:" + new string('a', 64), "20260101-aaaaaaaaaaaa", 123_456_789),
        Tests = tests,
        Findings = new ImageFindings
        {
            OsFamily = "debian-12",
            OsImage = "Debian GNU/Linux 12 (bookworm)",
            Packages = 120,
            PatchLevel = new string('b', 64),
            PendingSecurity = 1,
            PendingTotal = 2,
            Held = 0,
            PendingNames = ["openssl", "bash"],
            Expected = [new MissingUpdates("6c84fb90-12c4-11e1-840d-7b25c5ee775a", 1, ["openssl"])],
        },
    };
}
