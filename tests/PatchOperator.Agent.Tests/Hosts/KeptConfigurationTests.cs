using PatchOperator.Agent.Packages;

namespace PatchOperator.Agent.Tests.Hosts;

public class KeptConfigurationTests
{
    private const string Asked = "Setting up a (2) ...\n\nConfiguration file '/etc/a.conf'\n ==> Modified (by you or by a script) since installation.\n";
    private const string Shipped = " ==> Package distributor has shipped an updated version.\n";

    [Theory]
    [InlineData(Asked + Shipped + " ==> Keeping old config file as default.\n", "/etc/a.conf")]
    [InlineData(Asked + "     Version in package is the same as at last installation.\n ==> Using current old file as you requested.\n", "/etc/a.conf")]
    [InlineData(Asked + Shipped + " ==> Using new config file as default.\nConfiguration file '/etc/b.conf'\n ==> Keeping old config file as default.\n", "/etc/b.conf")]
    [InlineData("Installing new version of config file /etc/a.conf ...\n", null)]
    [InlineData("warning: /etc/a b.conf created as /etc/a b.conf.rpmnew\n", "/etc/a b.conf")]
    [InlineData("warning: /etc/a.conf saved as /etc/a.conf.rpmsave\n", "/etc/a.conf.rpmsave")]
    public void What_stayed_is_named_by_what_the_package_manager_said(string log, string? path) =>
        Assert.Equal(path is null ? [] : [path], KeptConfiguration.Of(log + log));
}
