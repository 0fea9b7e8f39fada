using FsCheck;
using FsCheck.Fluent;

namespace PatchOperator.Engine.Tests;

public class DurationsTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("90s", 90)]
    [InlineData("30m", 1_800)]
    [InlineData("4h", 14_400)]
    [InlineData("04h", 14_400)]
    [InlineData("1d12h", 129_600)]
    [InlineData("1w2d", 777_600)]
    [InlineData("1w2d3h4m5s", 788_645)]
    [InlineData("1h90m", 9_000)]
    public void Units_add_up(string text, long seconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
        Assert.Equal(duration, Durations.Parse(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("h")]
    [InlineData("4hours")]
    [InlineData("4H")]
    [InlineData("-4h")]
    [InlineData("+4h")]
    [InlineData("1.5h")]
    [InlineData("1h 30m")]
    [InlineData(" 1h")]
    [InlineData("1h\n")]
    [InlineData("30m1h")]
    [InlineData("1h1h")]
    [InlineData("1h30")]
    [InlineData("100ms")]
    [InlineData("٤h")]
    [InlineData("99999999999999999999s")]
    [InlineData("9223372036854775807w")]
    [InlineData("922337203686s")]
    public void Anything_else_is_refused(string? text)
    {
        Assert.False(Durations.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.Zero, duration);
    }

    [Fact]
    public void The_longest_duration_is_that_of_a_TimeSpan() =>
        Assert.Equal(TimeSpan.FromSeconds(922_337_203_685), Durations.Parse("922337203685s"));

    [Fact]
    public void A_refused_text_is_named() =>
        Assert.Equal(
            "\"soon\" is not a duration such as 30m, 4h or 1d12h", Assert.Throws<FormatException>(() => Durations.Parse("soon")).Message);

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(59, "59s")]
    [InlineData(90, "1m30s")]
    [InlineData(14_400, "4h")]
    [InlineData(14_405, "4h5s")]
    [InlineData(129_600, "1d12h")]
    [InlineData(604_800, "1w")]
    [InlineData(777_600, "9d")]
    [InlineData(2_678_400, "31d")]
    [InlineData(-300, "-5m")]
    [InlineData(1.9, "1s")]
    [InlineData(-0.9, "0s")]
    public void Written_without_units_that_are_zero(double seconds, string text) =>
        Assert.Equal(text, Durations.Format(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void The_extremes_are_written_too()
    {
        Assert.Equal("10675199d2h48m5s", Durations.Format(TimeSpan.MaxValue));
        Assert.Equal("-10675199d2h48m5s", Durations.Format(TimeSpan.MinValue));
    }

    [Fact]
    public void What_is_written_reads_back() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            seconds => Durations.Parse(Durations.Format(TimeSpan.FromSeconds(seconds))) == TimeSpan.FromSeconds(seconds))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_it_throw() =>
        Prop.ForAll(
            Gen.ArrayOf(Gen.Elements("0123456789wdhms -".ToCharArray())).ToArbitrary(),
            text => Durations.TryParse(new string(text), out var duration) ? duration >= TimeSpan.Zero : duration == TimeSpan.Zero)
            .QuickCheckThrowOnFailure();
}
