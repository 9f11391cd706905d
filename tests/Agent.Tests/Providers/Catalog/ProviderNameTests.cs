using Agent.Pipeline.Errors;
using Agent.Providers.Catalog;

namespace Agent.Tests.Providers.Catalog;

public sealed class ProviderNameTests
{
    [Theory]
    [InlineData("local/flite", "local", "flite", null)]
    [InlineData("local/flite:slt", "local", "flite", "slt")]
    [InlineData(" Deepgram/nova-3:en-US ", "deepgram", "nova-3", "en-US")]
    [InlineData("openai/meta-llama/Llama-3.1:8b", "openai", "meta-llama/Llama-3.1", "8b")]
    [InlineData("openai/llama3:8b:q4", "openai", "llama3", "8b:q4")]
    public void Parse_WellFormed_SplitsIntoItsParts(string text, string vendor, string model, string? variant)
    {
        var name = ProviderName.Parse(text);

        Assert.Equal((vendor, model, variant), (name.Vendor, name.Model, name.Variant));
    }

    [Theory]
    [InlineData("")]
    [InlineData("flite")]
    [InlineData("/flite")]
    [InlineData("local/")]
    [InlineData("local/:slt")]
    [InlineData("local/flite:")]
    [InlineData("lo cal/flite")]
    [InlineData("local/flite, local/pocketsphinx")]
    [InlineData("löcal/flite")]
    public void Parse_Malformed_SaysWhatToWrite(string text)
    {
        var error = Assert.Throws<ConfigurationException>(() => ProviderName.Parse(text));

        Assert.Contains("vendor/model", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local/flite")]
    [InlineData("openai/llama3:8b:q4")]
    public void ToString_OfAName_CanBeParsedAgain(string text) => Assert.Equal(text, ProviderName.Parse(text).ToString());

    [Fact]
    public void Selector_WithVariant_IsWhatTheVendorWrites() => Assert.Equal("llama3:8b", ProviderName.Parse("openai/llama3:8b").Selector);
}
