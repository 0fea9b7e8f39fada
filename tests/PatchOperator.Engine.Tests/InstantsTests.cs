namespace PatchOperator.Engine.Tests;

public class InstantsTests
{
    [Fact]
    public void What_is_less_than_a_second_is_left_out() =>
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 12, 0, 59, TimeSpan.Zero), Instants.WholeSeconds(new DateTimeOffset(2026, 11, 20, 12, 0, 59, 999, TimeSpan.Zero)));

    [Theory]
    [InlineData(DateTimeKind.Utc)]
    [InlineData(DateTimeKind.Unspecified)]
    public void A_field_of_an_object_is_in_UTC(DateTimeKind kind) =>
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), Instants.Utc(new DateTime(2026, 11, 20, 12, 0, 0, kind)));

    [Fact]
    public void A_field_that_is_not_there_is_no_time() => Assert.Null(Instants.Utc(null));
}
