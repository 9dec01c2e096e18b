import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css';
import './app.css';
import './components/controls.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { App as State } from './state/app.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

export default mount(App, { target, props: { app: new State(window) } });
