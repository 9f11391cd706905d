using System.ComponentModel;
using Agent.Pipeline.Turns;

namespace Agent.Tests.Pipeline.Turns;

public class EndpointingModeConverterTests
{
    [Theory]
    [InlineData("vad", EndpointingMode.VoiceActivity)]
    [InlineData("STT", EndpointingMode.SpeechToText)]
    [InlineData("detector", EndpointingMode.Detector)]
    [InlineData("manual", EndpointingMode.Manual)]
    [InlineData("Realtime", EndpointingMode.Realtime)]
    [InlineData("VoiceActivity", EndpointingMode.VoiceActivity)]
    public void ConvertFrom_Name_IsTheMode(string name, EndpointingMode mode) =>
        Assert.Equal(mode, TypeDescriptor.GetConverter(typeof(EndpointingMode)).ConvertFromInvariantString(name));

    [Fact]
    public void ConvertFrom_UnknownName_IsRefused() =>
        Assert.Throws<FormatException>(() => TypeDescriptor.GetConverter(typeof(EndpointingMode)).ConvertFromInvariantString("often"));
}
