@echo off
rem The command line of Commerce Integrator, on the Node that came with it.
"%~dp0node.exe" "%~dp0out\main\cli.js" %*
exit /b %ERRORLEVEL%
